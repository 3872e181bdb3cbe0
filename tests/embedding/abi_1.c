/* Version 1 of the ABI, as it was first given out. Each declaration must agree with assent.h, or this does not compile; the
   shared library must show these functions and no others (abi_test.sh). What is here is never changed: functions and
   values that come later are added at the end, each list saying since which version of the library it is there. */
#include "assent.h"

/* since 0.1 */
const char *assent_version(void);
uint32_t assent_abi(void);
uint32_t assent_oldest_format(void);
uint32_t assent_newest_format(void);
const char *assent_status_name(assent_status);
void assent_text_free(assent_text *);
assent_status assent_set_allocator(const assent_allocator *);
assent_status assent_directory_read(const char *, size_t, assent_directory **, assent_text *);
void assent_directory_free(assent_directory *);
assent_status assent_rates_read(const char *, size_t, assent_rates **, assent_text *);
void assent_rates_free(assent_rates *);
assent_status assent_deputies_read(const char *, size_t, assent_deputies **, assent_text *);
void assent_deputies_free(assent_deputies *);
assent_status assent_date(const char *, size_t, int32_t *, assent_text *);
assent_status assent_policy_load(const char *, size_t, assent_policy **, assent_text *);
void assent_policy_free(assent_policy *);
assent_status assent_policy_about(const assent_policy *, assent_text *);
assent_status assent_policy_schema(const assent_policy *, assent_text *);
assent_status assent_evaluator_new(const assent_policy *, const assent_limits *, assent_evaluator **, assent_text *);
void assent_evaluator_free(assent_evaluator *);
assent_status assent_decide(assent_evaluator *, const char *, size_t, const assent_world *, assent_text *);
assent_status assent_explain(assent_evaluator *, assent_text *);
assent_status assent_fact(assent_evaluator *, const char *, size_t, assent_text *);
assent_status assent_session_open(const assent_policy *, const assent_limits *, const char *, size_t,
    const assent_world *, assent_session **, assent_text *);
void assent_session_free(assent_session *);
assent_status assent_session_set(assent_session *, const char *, size_t, const char *, size_t, assent_text *);
assent_status assent_session_insert(assent_session *, const char *, size_t, const char *, size_t, assent_text *);
assent_status assent_session_remove(assent_session *, const char *, size_t, assent_text *);
assent_status assent_session_decision(assent_session *, assent_text *);
assent_status assent_session_explain(assent_session *, assent_text *);
assent_status assent_case_new(const char *, size_t, assent_case **, assent_text *);
void assent_case_free(assent_case *);
assent_status assent_case_apply(assent_case *, const char *, size_t, assent_text *);
assent_status assent_case_advance(assent_case *, assent_evaluator *, const char *, size_t, const assent_world *,
    assent_text *);
assent_status assent_case_json(const assent_case *, assent_text *);
uint64_t assent_case_version(const assent_case *);
int64_t assent_case_next_due(const assent_case *);
assent_status assent_orders(assent_evaluator *, const assent_case *, const char *, size_t, const assent_world *,
    assent_text *);
assent_status assent_replan(assent_evaluator *, const assent_case *, const char *, size_t, const char *, size_t,
    const assent_world *, assent_text *);
assent_status assent_fulfilment(assent_evaluator *, const assent_case *, const char *, size_t, const assent_world *,
    int32_t, assent_text *);

#define IS(name, value) _Static_assert(name == value, #name)
IS(ASSENT_OK, 0);
IS(ASSENT_BAD_ARTIFACT, 1);
IS(ASSENT_WRONG_VERSION, 2);
IS(ASSENT_BAD_QUOTE, 3);
IS(ASSENT_BAD_DIRECTORY, 4);
IS(ASSENT_BAD_RATES, 5);
IS(ASSENT_BAD_EVENT, 6);
IS(ASSENT_BAD_SETTINGS, 7);
IS(ASSENT_STORE_BUSY, 8);
IS(ASSENT_STORE_FAILED, 9);
IS(ASSENT_NOT_APPROVED, 10);
IS(ASSENT_BAD_REQUEST, 11);
IS(ASSENT_LIMIT_EXCEEDED, 12);
IS(ASSENT_BAD_COMMAND, 13);
IS(ASSENT_OUT_OF_MEMORY, 14);
IS(ASSENT_DRAFT, 0);
IS(ASSENT_PENDING, 1);
IS(ASSENT_APPROVED, 2);
IS(ASSENT_REJECTED, 3);
IS(ASSENT_RECALLED, 4);
IS(ASSENT_EXPIRED, 5);
IS(ASSENT_CONTRACTS, 0);
IS(ASSENT_ASSETS, 1);
IS(ASSENT_ENTITLEMENTS, 2);
IS(ASSENT_REVENUE, 3);

/* On 64-bit machines. A structure may grow at its end, where its `size` tells what the caller knows; a text may not. */
#define AT(type, field, offset) _Static_assert(offsetof(type, field) == offset, #type "." #field)
AT(assent_text, data, 0);
AT(assent_text, size, 8);
AT(assent_text, capacity, 16);
_Static_assert(sizeof(assent_text) == 24, "assent_text");
AT(assent_allocator, size, 0);
AT(assent_allocator, allocate, 8);
AT(assent_allocator, release, 16);
AT(assent_allocator, context, 24);
AT(assent_limits, size, 0);
AT(assent_limits, quote_bytes, 8);
AT(assent_limits, rows, 16);
AT(assent_limits, work, 24);
AT(assent_limits, memory, 32);
AT(assent_world, size, 0);
AT(assent_world, today, 8);
AT(assent_world, state, 12);
AT(assent_world, now, 16);
AT(assent_world, utc_offset, 24);
AT(assent_world, directory, 32);
AT(assent_world, rates, 40);
AT(assent_world, deputies, 48);
