// What the subcommands of `assent orders` share. Entries: show_orders, add_orders_format, and those that add
// subcommands.
#pragma once

#include <string>

#include "assent/orders.h"
#include "tools/command.h"
#include "tools/places.h"

namespace assent::command {

// --format with text, json, svg and mermaid.
void add_orders_format(Arguments& command, std::string& format);

// Prints a plan; findings if an order cannot be delivered when it is due.
Exit show_orders(const OrderPlan& plan, const Places& places, const std::string& format);

// Each adds subcommands, which ask the store.
void add_orders_case(Arguments& app, Exit& exit);        // show, plan, event, diff, report
void add_orders_fulfilment(Arguments& app, Exit& exit);  // contracts, assets, entitled, revenue
void add_orders_answer(Arguments& app, Exit& exit);      // answer
void add_orders_export(Arguments& app, Exit& exit);      // export; only where documents are built too
void add_orders_sync(Arguments& app, Exit& exit);        // sync; as export

}  // namespace assent::command
