/* assent.h: Assent for C, and for every language that can call C. Decide quotes, run cases, plan orders.

     assent_text answer = {0};
     assent_policy *policy = NULL;
     if (assent_policy_load(bytes, size, &policy, &answer)) return complain(answer);

     assent_evaluator *evaluator = NULL;                      // one for each thread
     if (assent_evaluator_new(policy, NULL, &evaluator, &answer)) return complain(answer);
     assent_world world = {.size = sizeof world};
     if (assent_date("2026-03-02", 10, &world.today, &answer)) return complain(answer);
     if (assent_decide(evaluator, quote, strlen(quote), &world, &answer)) return complain(answer);
     puts(answer.data);                                       // {"policy": …, "outcome": "needs_approval", …}

     assent_text_free(&answer);
     assent_evaluator_free(evaluator);
     assent_policy_free(policy);

   What goes in and comes out. Structured data crosses as JSON in UTF-8, a pointer with a length in bytes; what is in it
   is that of the C++ headers (assent/policy.h and its neighbours), whose words are not repeated here, as the schemas in
   share/assent/schemas describe it. Nothing given is kept: it may be freed as soon as the call returns.

   Status. Each call that can fail gives an assent_status, and writes one text to `answer`: where the status is
   ASSENT_OK what was asked for, one line of JSON; else what is wrong, all of it:
     {"problems":[{"code":"bad-quote","where":"/lines/0/discount","message":"…"}]}
   A policy that says no, and a case that refuses a command, are answers, not failures. Nothing is thrown or printed,
   and no call ends the process.

   Answers. An assent_text belongs to the caller, begins as {0}, and is used again and again: a call makes it larger
   where it has to, and it stays so. `answer` may be NULL where nobody wants to know.

   Handles. Made by the functions that say so, freed by the one of the same name, which takes NULL. What has been made
   of a handle keeps what it needs of it: a policy may be freed while evaluators of it live.

   Threads. A policy, a directory, rates and deputies never change: any number of threads may use one at once. An
   evaluator, a session, a case and a text belong to one thread at a time. To change the policy while running, load the
   new one and make new evaluators of it; the old ones go on with theirs.

   Limits. Each call is bounded by assent_limits, in memory and in work; the same call is refused on every machine.

   Versions. What is declared here stays: functions and statuses are added, never changed or taken away, as long as
   ASSENT_ABI is the same, which is the library's SONAME (libassent.so.1). Structures that are given begin with their
   size, so that they can grow at their end. */
#ifndef ASSENT_H
#define ASSENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ASSENT_API __attribute__((visibility("default")))
#else
#define ASSENT_API
#endif

/* ── versions ──────────────────────────────────────────────────────────────────────────────────────────────────── */
#define ASSENT_VERSION "0.1.0"
#define ASSENT_ABI 1
ASSENT_API const char *assent_version(void); /* of the library that runs; compare it with what was compiled against */
ASSENT_API uint32_t assent_abi(void);
/* The formats of artifacts that the library reads: from the first of these to the second. */
ASSENT_API uint32_t assent_oldest_format(void);
ASSENT_API uint32_t assent_newest_format(void);

/* ── status, texts, memory ─────────────────────────────────────────────────────────────────────────────────────── */
typedef enum assent_status {
  ASSENT_OK = 0,
  ASSENT_BAD_ARTIFACT = 1,   /* damaged, hostile, or not an artifact at all */
  ASSENT_WRONG_VERSION = 2,  /* an artifact of a format that this library does not read */
  ASSENT_BAD_QUOTE = 3,      /* not JSON, or not what the policy's record types ask for */
  ASSENT_BAD_DIRECTORY = 4,
  ASSENT_BAD_RATES = 5,
  ASSENT_BAD_EVENT = 6,      /* not what this version writes, or none that comes next */
  ASSENT_BAD_SETTINGS = 7,
  ASSENT_STORE_BUSY = 8,
  ASSENT_STORE_FAILED = 9,
  ASSENT_NOT_APPROVED = 10,  /* orders of a case that is not approved, or of another content */
  ASSENT_BAD_REQUEST = 11,   /* a call that makes no sense: NULL where something is needed, an unknown field */
  ASSENT_LIMIT_EXCEEDED = 12,
  ASSENT_BAD_COMMAND = 13,   /* of a case: not what assent_case_advance takes */
  ASSENT_OUT_OF_MEMORY = 14  /* nothing changed, and the handle may be used again; a session is over */
} assent_status;
ASSENT_API const char *assent_status_name(assent_status status); /* "bad-quote"; "unknown" for none of these */

typedef struct assent_text {
  char *data;      /* UTF-8, `size` bytes and a NUL after them; NULL before the first call */
  size_t size;
  size_t capacity; /* the library's own */
} assent_text;
ASSENT_API void assent_text_free(assent_text *text); /* and makes it {0} again */

/* Where the library takes its memory: texts, handles, what it needs on the way; all but the index of the tokens of a
   quote, some five bytes for each byte of the largest one, which libsimdjson takes for itself. Said once, before any
   other call and by one thread alone; ASSENT_BAD_REQUEST once memory was taken. `allocate` gives at least `size`
   bytes, aligned to 16, or NULL; `release` takes back what it gave. Both are called from any thread that calls the
   library, and must not call it. In a program that links the library statically its own `operator new` is asked
   instead: ASSENT_BAD_REQUEST. */
typedef struct assent_allocator {
  size_t size; /* sizeof(assent_allocator) */
  void *(*allocate)(void *context, size_t size);
  void (*release)(void *context, void *memory);
  void *context;
} assent_allocator;
ASSENT_API assent_status assent_set_allocator(const assent_allocator *allocator);

/* Of one call; more is ASSENT_LIMIT_EXCEEDED, but for `work`, which blocks the decision. 0: as assent/policy.h has
   it. */
typedef struct assent_limits {
  size_t size;          /* sizeof(assent_limits) */
  uint64_t quote_bytes; /* of the text of a quote */
  uint64_t rows;        /* of all lists of a quote together */
  uint64_t work;        /* nodes evaluated for one decision: bounds the time */
  uint64_t memory;      /* bytes that a quote may take once it is read */
} assent_limits;

/* ── the world ─────────────────────────────────────────────────────────────────────────────────────────────────── */
typedef struct assent_directory assent_directory; /* people: directory.schema.json */
typedef struct assent_rates assent_rates;         /* what currencies are worth: rates.schema.json */
typedef struct assent_deputies assent_deputies;   /* who acts for whom, beside the absences of the directory:
   {"delegations":[{"from":"ana","to":"ben","first_day":"2026-03-01","last_day":"2026-03-14","approver":"cfo"}],
    "replacements":[{"from":"ana","to":"ben"}]}; without `approver` in everything */

ASSENT_API assent_status assent_directory_read(const char *json, size_t size, assent_directory **directory,
                                               assent_text *answer);
ASSENT_API void assent_directory_free(assent_directory *directory);
ASSENT_API assent_status assent_rates_read(const char *json, size_t size, assent_rates **rates, assent_text *answer);
ASSENT_API void assent_rates_free(assent_rates *rates);
ASSENT_API assent_status assent_deputies_read(const char *json, size_t size, assent_deputies **deputies,
                                              assent_text *answer);
ASSENT_API void assent_deputies_free(assent_deputies *deputies);

typedef enum assent_state { /* where the quote stands: a rule may be limited to some of these */
  ASSENT_DRAFT = 0, ASSENT_PENDING = 1, ASSENT_APPROVED = 2, ASSENT_REJECTED = 3, ASSENT_RECALLED = 4,
  ASSENT_EXPIRED = 5
} assent_state;

/* All that a decision may depend on beside the quote. Its handles are borrowed for the call. */
typedef struct assent_world {
  size_t size;                       /* sizeof(assent_world) */
  int32_t today;                     /* days since 1970-01-01, from 0001-01-01 to 9999-12-31: see assent_date */
  int32_t state;                     /* an assent_state */
  int64_t now;                       /* of a case alone: milliseconds since 1970-01-01T00:00:00Z */
  int32_t utc_offset;                /* of a case alone: minutes that local time is ahead, for timers in days */
  const assent_directory *directory; /* NULL: nobody */
  const assent_rates *rates;         /* NULL: currencies cannot be compared */
  const assent_deputies *deputies;   /* NULL: nobody acts for anybody */
} assent_world;

/* "2026-03-02" to days. The answer of a success is the number. */
ASSENT_API assent_status assent_date(const char *text, size_t size, int32_t *days, assent_text *answer);

/* ── policies ──────────────────────────────────────────────────────────────────────────────────────────────────── */
typedef struct assent_policy assent_policy;

/* Verifies before it trusts. Each of these functions sets its handle to NULL where it fails. */
ASSENT_API assent_status assent_policy_load(const char *artifact, size_t size, assent_policy **policy,
                                            assent_text *answer);
ASSENT_API void assent_policy_free(assent_policy *policy);
/* {"policy":"deal_desk","title":"…","policy_hash":"…"}, without `title` where there is none */
ASSENT_API assent_status assent_policy_about(const assent_policy *policy, assent_text *answer);
/* The JSON Schema of the quotes that it reads. */
ASSENT_API assent_status assent_policy_schema(const assent_policy *policy, assent_text *answer);

/* ── decisions ─────────────────────────────────────────────────────────────────────────────────────────────────── */
typedef struct assent_evaluator assent_evaluator;

/* Without limits (NULL): as they are. */
ASSENT_API assent_status assent_evaluator_new(const assent_policy *policy, const assent_limits *limits,
                                              assent_evaluator **evaluator, assent_text *answer);
ASSENT_API void assent_evaluator_free(assent_evaluator *evaluator);
/* decision.schema.json */
ASSENT_API assent_status assent_decide(assent_evaluator *evaluator, const char *quote, size_t size,
                                       const assent_world *world, assent_text *answer);
/* The last decision with its proof, in `why`; ASSENT_BAD_REQUEST unless a decision was the evaluator's last answer. */
ASSENT_API assent_status assent_explain(assent_evaluator *evaluator, assent_text *answer);
/* What a fact came to for the last decision: {"fact":"hardware_discount","value":"20%"}; {"fact":…} alone, where the
   compiled policy has none of that name. */
ASSENT_API assent_status assent_fact(assent_evaluator *evaluator, const char *name, size_t size, assent_text *answer);

/* ── sessions: a quote that is changed again and again, decided after each change (assent/session.h) ───────────── */
typedef struct assent_session assent_session;

/* The answer is the decision. */
ASSENT_API assent_status assent_session_open(const assent_policy *policy, const assent_limits *limits,
                                             const char *quote, size_t size, const assent_world *world,
                                             assent_session **session, assent_text *answer);
ASSENT_API void assent_session_free(assent_session *session);
/* Changes a field ("lines[3].discount", "25"); puts a line in before the one of that number; takes one out. The
   answer is how the decision differs:
   {"before":"auto_approved","after":"needs_approval","steps_added":["steep/cfo"],…}, what is empty left out. What is
   refused changes nothing. */
ASSENT_API assent_status assent_session_set(assent_session *session, const char *path, size_t path_size,
                                            const char *json, size_t json_size, assent_text *answer);
ASSENT_API assent_status assent_session_insert(assent_session *session, const char *path, size_t path_size,
                                               const char *json, size_t json_size, assent_text *answer);
ASSENT_API assent_status assent_session_remove(assent_session *session, const char *path, size_t path_size,
                                               assent_text *answer);
ASSENT_API assent_status assent_session_decision(assent_session *session, assent_text *answer);
ASSENT_API assent_status assent_session_explain(assent_session *session, assent_text *answer);

/* ── cases (assent/case.h, assent/advance.h) ───────────────────────────────────────────────────────────────────── */
typedef struct assent_case assent_case;

/* A draft without events. A case that was kept is made again by applying its events. */
ASSENT_API assent_status assent_case_new(const char *id, size_t size, assent_case **made, assent_text *answer);
ASSENT_API void assent_case_free(assent_case *kase);
/* Events as assent_case_advance gave them, one a line, in their order: of this case, and the next ones. Else
   ASSENT_BAD_EVENT, and the case is as it was. A whole log is best given at once. The answer is the version:
   {"version":7}. */
ASSENT_API assent_status assent_case_apply(assent_case *kase, const char *events, size_t size, assent_text *answer);
/* Carries out a command. Keep the events and tell the effects in one transaction, or give the case up: it has moved.
     {"id":"c-1","actor":"rep","kind":"submit","what":{"quote":{…},"editors":["rep.2"]}}
     {"id":"c-2","actor":"ana","expected_version":3,"kind":"vote","what":{"vote":"approve","step":"steep/cfo"}}
   `kind`, before `what`: submit, vote, recall, reassign, replace, ask, answer, comment, add-approver, override, tick,
   migrate, change-orders, report-order; `what` has the fields of that command in assent/advance.h, what is empty left
   out; days and instants are texts. The answer:
     {"version":2,"events":[…],"effects":[…]}, or {"refusal":{"code":"stale-version","message":"…"},"version":1}
   with `"repeats":2` where the command was carried out before and led to that version. The evaluator must be of the
   policy that the case is pinned to, but for a submission and a migration. */
ASSENT_API assent_status assent_case_advance(assent_case *kase, assent_evaluator *evaluator, const char *command,
                                             size_t size, const assent_world *world, assent_text *answer);
ASSENT_API assent_status assent_case_json(const assent_case *kase, assent_text *answer); /* case.schema.json */
ASSENT_API uint64_t assent_case_version(const assent_case *kase); /* events so far */
ASSENT_API int64_t assent_case_next_due(const assent_case *kase); /* when a tick would do something; 0 for never */

/* ── orders (assent/orders.h, assent/fulfilment.h) ─────────────────────────────────────────────────────────────── */
/* Which orders a quote becomes: orders.schema.json. Without a case (NULL) a preview; with one as it stands, and
   ASSENT_NOT_APPROVED unless the case is approved on exactly this content. The evaluator's decision is gone afterwards,
   here and below. */
ASSENT_API assent_status assent_orders(assent_evaluator *evaluator, const assent_case *kase, const char *quote,
                                       size_t size, const assent_world *world, assent_text *answer);
/* What a change would make of them: {"before":{…},"after":{…}}, without `before` where nothing was ordered yet; or
   {"refusal":{…}}. */
ASSENT_API assent_status assent_replan(assent_evaluator *evaluator, const assent_case *kase, const char *quote,
                                       size_t size, const char *change, size_t change_size, const assent_world *world,
                                       assent_text *answer);
/* What follows from them: fulfilment.schema.json. */
typedef enum assent_fulfilment_kind {
  ASSENT_CONTRACTS = 0, ASSENT_ASSETS = 1, ASSENT_ENTITLEMENTS = 2, ASSENT_REVENUE = 3
} assent_fulfilment_kind;
ASSENT_API assent_status assent_fulfilment(assent_evaluator *evaluator, const assent_case *kase, const char *quote,
                                           size_t size, const assent_world *world, int32_t kind, assent_text *answer);

#ifdef __cplusplus
}
#endif
#endif
