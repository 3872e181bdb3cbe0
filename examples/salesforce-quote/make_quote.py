#!/usr/bin/env python3
"""Writes quotes/model.json and quotes/rest.json, one quote of 40 lines in the two shapes in which
Salesforce CPQ gives it, and quotes/one-site.json, a small QuoteModel. The same files on every run; run
it in this folder after changing it.

A site (a quote line group) has eight lines: a cabinet (a bundle) with five components, a subscription
and an installation. A line of the model has the fields of the package that the calculator loads, most
of them null; the REST answer has what the query of README.md asks for."""
import json
from decimal import Decimal as D

SITES = ["Airport", "Harbour", "Old town", "University", "West park"]
# product, name, family, list price, cost, quantity by site, discount by site, what is special
CATALOGUE = [
    ("CAB-EDGE", "Edge cabinet, 42 units, cooled", "Hardware", "6800.00", "4300.00", (2, 3, 1, 2, 1), (12, 18, 10, 12, 10)),
    ("CAB-UPS", "Battery unit for the cabinet", "Hardware", "1900.00", "1150.00", (2, 3, 1, 2, 1), (0, 0, 0, 0, 0)),
    ("NODE-24", "Compute node, 24 cores", "Hardware", "5200.00", "3550.00", (8, 12, 4, 8, 4), (12, 18, 10, 12, 10)),
    ("NODE-GPU", "Compute node with accelerator", "Hardware", "17400.00", "12800.00", (1, 2, 1, 1, 1), (5, 12, 0, 5, 0)),
    ("SW-32", "Switch, 32 ports of 100 gigabit", "Hardware", "7400.00", "5100.00", (2, 2, 1, 2, 1), (10, 15, 10, 10, 10)),
    ("PDU-3P", "Power rail, three phases", "Accessory", "420.00", "230.00", (4, 6, 2, 4, 2), (0, 0, 0, 0, 0)),
    ("OPS-EDGE", "Remote operation, per cabinet and month", "Subscription", "210.00", "60.00", (72, 108, 36, 72, 36), (20, 20, 10, 20, 10)),
    ("INST-DAY", "Installation, per day", "Service", "1250.00", "820.00", (4, 6, 2, 4, 2), (0, 0, 0, 0, 0)),
]
# The rest of what the package's calculator loads for a line: nothing here that the policy reads.
NULLS = """AdditionalDiscountAmount AdditionalQuantity BatchQuantity BillingType BlockPrice BundledQuantity
ComponentCost ComponentListTotal ComponentSubscriptionScope ComponentTotal CompoundDiscountRate ConfigurationRequired
ContractedPrice DefaultSubscriptionTerm Dimension DiscountSchedule DiscountScheduleType DiscountTier DistributorDiscount
DynamicOptionId EarliestValidAmendmentStartDate Favorite GrossProfit Incomplete Markup MarkupAmount MarkupRate MaximumPrice
OptionDiscount OptionDiscountAmount OriginalPrice OriginalQuoteLineId OriginalUnitCost PackageProductCode
PackageProductDescription PartnerDiscount PreviousSegmentPrice PreviousSegmentUplift PriorQuantity ProductOption
RenewedAsset RenewedSubscription SegmentIndex SegmentKey SegmentLabel Source SpecialPriceDescription SpecialPriceType
SubscribedAssetIds SubscriptionCategory SubscriptionPercent SubscriptionTargetPrice TaxCode TermDiscount
TermDiscountSchedule TermDiscountTier UpgradedAsset UpgradedQuantity UpgradedSubscription UpliftAmount VolumeDiscount""".split()
FALSES = """AllowAssetRefund CarryoverLine ComponentDiscountedByPackage ComponentUpliftedByPackage CostEditable Existing
HasConsumptionSchedule Hidden NonDiscountable NonPartnerDiscountable Optional PriceEditable PricingMethodEditable Renewal
Taxable""".split()


def money(value):
    return float(value.quantize(D("0.01")))  # two places: written as they are


def salesforce_id(prefix, number):
    return prefix + "7Q00000" + format(number, "05d") + "QAA"


def build(sites, number_of_quote):
    quote_id = salesforce_id("a0q", number_of_quote)
    lines, groups, key = [], [], 1
    for site, site_name in ((each, SITES[each]) for each in sites):
        group = {"Id": salesforce_id("a0g", site + 1), "Name": site_name, "SBQQ__Number__c": float(site + 1), "SBQQ__Quote__c": quote_id,
                 "SBQQ__AdditionalDiscountRate__c": None, "SBQQ__Optional__c": False, "SBQQ__SubscriptionTerm__c": None,
                 "SBQQ__StartDate__c": None, "SBQQ__EndDate__c": None}
        group_key = key
        key += 1
        bundle, bundle_key, net_of_site = None, None, D(0)
        for place, (code, name, family, price, cost, quantities, discounts) in enumerate(CATALOGUE):
            number = len(lines) + 1
            list_price, quantity, discount = D(price), D(quantities[site]), D(discounts[site])
            net_price = list_price * (100 - discount) / 100
            recurring = family == "Subscription"
            component = 0 < place < 6
            net_of_site += net_price * quantity
            record = {
                "attributes": {"type": "SBQQ__QuoteLine__c", "url": f"/services/data/v60.0/sobjects/SBQQ__QuoteLine__c/{salesforce_id('a0l', number)}"},
                "Id": salesforce_id("a0l", number),
                "SBQQ__Quote__c": quote_id,
                "SBQQ__Group__c": group["Id"],
                "SBQQ__RequiredBy__c": bundle if component else None,
                "SBQQ__Number__c": float(number),
                "SBQQ__Product__c": salesforce_id("01t", place + 1),
                "SBQQ__ProductCode__c": code,
                "SBQQ__ProductName__c": name,
                "SBQQ__ProductFamily__c": family,
                "SBQQ__Description__c": None,
                "SBQQ__Quantity__c": float(quantity),
                "SBQQ__EffectiveQuantity__c": float(quantity),
                "SBQQ__ListPrice__c": money(list_price),
                "SBQQ__ProratedListPrice__c": money(list_price),
                "SBQQ__RegularPrice__c": money(list_price),
                "SBQQ__SpecialPrice__c": None,
                "SBQQ__CustomerPrice__c": money(net_price),
                "SBQQ__PartnerPrice__c": money(net_price),
                "SBQQ__ProratedPrice__c": money(net_price),
                "SBQQ__NetPrice__c": money(net_price),
                "SBQQ__MinimumPrice__c": money(list_price * D("0.7")) if family == "Hardware" else None,
                "SBQQ__ListTotal__c": money(list_price * quantity),
                "SBQQ__NetTotal__c": money(net_price * quantity),
                "SBQQ__UnitCost__c": money(D(cost)),
                "SBQQ__Discount__c": float(discount) if discount else None,
                "SBQQ__AdditionalDiscount__c": float(discount),
                "SBQQ__Uplift__c": 0.0,
                "SBQQ__ProrateMultiplier__c": 1.0,
                "SBQQ__PricingMethod__c": "List",
                "SBQQ__SubscriptionBase__c": "List",
                "SBQQ__SubscriptionScope__c": "Quote",
                "SBQQ__SubscriptionPricing__c": "Fixed Price" if recurring else None,
                "SBQQ__SubscriptionTerm__c": 36.0 if recurring else None,
                "SBQQ__ChargeType__c": "Recurring" if recurring else "One-Time",
                "SBQQ__BillingFrequency__c": "Monthly" if recurring else None,
                "SBQQ__StartDate__c": "2026-07-01" if recurring else None,
                "SBQQ__EndDate__c": "2029-06-30" if recurring else None,
                "SBQQ__OptionType__c": "Component" if component else None,
                "SBQQ__OptionLevel__c": 1.0 if component else None,
                "SBQQ__Bundle__c": place == 0,
                "SBQQ__Bundled__c": code == "PDU-3P",
                "Rack__c": f"{site_name[:1].upper()}-{site + 1:02d}" if family == "Hardware" else None,
            }
            record.update({f"SBQQ__{each}__c": None for each in NULLS})
            record.update({f"SBQQ__{each}__c": False for each in FALSES})
            record["SBQQ__Product__r"] = {
                "attributes": {"type": "Product2", "url": f"/services/data/v60.0/sobjects/Product2/{salesforce_id('01t', place + 1)}"},
                "Id": salesforce_id("01t", place + 1), "Name": name, "ProductCode": code,
                "SBQQ__PricingMethod__c": "List", "SBQQ__SubscriptionType__c": "Renewable" if recurring else None,
                "SBQQ__DefaultQuantity__c": 1.0, "SBQQ__QuantityEditable__c": True, "SBQQ__Taxable__c": False,
            }
            if place == 0:
                bundle, bundle_key = record["Id"], key
            lines.append({
                "record": record, "key": key, "parentItemKey": bundle_key if component else None, "parentGroupKey": group_key,
                "upliftable": False, "targetCustomerTotal": None, "targetCustomerAmount": None, "reconfigurationDisabled": False,
                "productQuantityScale": None, "productQuantityEditable": True, "productHasDimensions": False, "dimensionType": None,
                "descriptionLocked": False, "configurationType": "Allowed" if place == 0 else None, "configurationEvent": None,
                "amountDiscountProrated": None})
            key += 1
        group["SBQQ__NetTotal__c"] = money(net_of_site)
        groups.append({"record": group, "key": group_key, "netNonSegmentTotal": money(net_of_site)})
    net = sum(D(str(x["record"]["SBQQ__NetTotal__c"])) for x in lines)
    gross = sum(D(str(x["record"]["SBQQ__ListTotal__c"])) for x in lines)
    quote = {
        "attributes": {"type": "SBQQ__Quote__c", "url": f"/services/data/v60.0/sobjects/SBQQ__Quote__c/{quote_id}"},
        "Id": quote_id, "Name": f"Q-{number_of_quote:05d}", "OwnerId": "0057Q000001LEEQAA", "CreatedDate": "2026-06-08T07:41:12.000+0000",
        "SBQQ__SalesRep__c": "0057Q000001LEEQAA", "SBQQ__Status__c": "Draft", "SBQQ__Type__c": "Quote", "SBQQ__Primary__c": True,
        "SBQQ__Account__c": salesforce_id("001", 7),
        "SBQQ__Account__r": {"attributes": {"type": "Account"}, "Id": salesforce_id("001", 7), "Name": "Metro Edge Services", "Industry": "Telecommunications", "BillingCountry": "US"},
        "SBQQ__Opportunity2__c": salesforce_id("006", 19), "SBQQ__Opportunity2__r": None, "SBQQ__MasterContract__c": None, "SBQQ__MasterContract__r": None,
        "SBQQ__PricebookId__c": salesforce_id("01s", 1), "SBQQ__PaymentTerms__c": "Net 30", "SBQQ__BillingFrequency__c": None,
        "SBQQ__SubscriptionTerm__c": 36.0, "SBQQ__StartDate__c": "2026-07-01", "SBQQ__EndDate__c": None,
        "SBQQ__ExpirationDate__c": "2026-07-31", "SBQQ__LineItemsGrouped__c": True, "SBQQ__LineItemCount__c": float(len(lines)),
        "SBQQ__CustomerDiscount__c": None, "SBQQ__PartnerDiscount__c": None, "SBQQ__DistributorDiscount__c": None, "SBQQ__MarkupRate__c": None,
        "SBQQ__RenewalTerm__c": 12.0, "SBQQ__RenewalUpliftRate__c": None, "SBQQ__GenerateContractedPrice__c": None,
        "SBQQ__OrderBy__c": None, "SBQQ__OrderByQuoteLineGroup__c": True, "SBQQ__Unopened__c": False,
        "SBQQ__ListAmount__c": money(gross), "SBQQ__CustomerAmount__c": money(net), "SBQQ__NetAmount__c": money(net), "Region__c": "West",
    }
    return quote, lines, groups


# What the query of README.md asks for, of a line.
QUERIED = """Id SBQQ__Group__c SBQQ__RequiredBy__c SBQQ__ProductCode__c SBQQ__ProductName__c SBQQ__ProductFamily__c SBQQ__Quantity__c
SBQQ__PriorQuantity__c SBQQ__SpecialPrice__c SBQQ__MinimumPrice__c SBQQ__NetTotal__c SBQQ__UnitCost__c SBQQ__Discount__c SBQQ__Bundled__c
SBQQ__ChargeType__c SBQQ__SubscriptionTerm__c Rack__c""".split()


def rows(items):  # one element a line: a difference of two versions names the line that differs
    return "[\n" + ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in items) + "\n ]"


def write_model(name, quote, lines, groups):
    net = json.dumps(quote["SBQQ__NetAmount__c"])
    with open(name, "w", encoding="utf-8") as out:
        out.write('{\n "record": ' + json.dumps(quote, ensure_ascii=False) + ',\n "nextKey": ' + str(lines[-1]["key"] + 1) +
                  f',\n "netTotal": {net},\n "netNonSegmentTotal": {net},\n "customerTotal": {net},\n "channelDiscountsOffList": false' +
                  ',\n "lineItems": ' + rows(lines) + ',\n "lineItemGroups": ' + rows(groups) + "\n}\n")


def write_rest(name, quote, lines, groups):
    queried = [{field: line["record"][field] for field in QUERIED} for line in lines]
    sites = [{field: group["record"][field] for field in ("Id", "Name", "SBQQ__NetTotal__c")} for group in groups]
    with open(name, "w", encoding="utf-8") as out:
        out.write("{\n" + ",\n".join(f' "{field}": {json.dumps(value, ensure_ascii=False)}' for field, value in quote.items()) +
                  f',\n "SBQQ__LineItemGroups__r": {{"totalSize": {len(sites)}, "done": true, "records": ' + rows(sites) + "}" +
                  f',\n "SBQQ__LineItems__r": {{"totalSize": {len(queried)}, "done": true, "records": ' + rows(queried) + "}\n}\n")


whole = build(range(5), 1174)
write_model("quotes/model.json", *whole)
write_rest("quotes/rest.json", *whole)
write_model("quotes/one-site.json", *build([2], 1180))
