/* A C program that decides, as in the manual of assent.h, and then tries what happens when memory runs out at any place:
   each call says so, nothing is lost, and the call after it goes on. Usage: main ARTIFACT QUOTE DIRECTORY */
#include <assert.h>
#include <assent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long blocks, left = -1; /* blocks that are out; how many more are given, -1: any number */

static void *allocate(void *context, size_t size) {
  (void)context;
  if (left == 0) return NULL;
  if (left > 0) --left;
  ++blocks;
  return malloc(size);
}
static void release(void *context, void *memory) {
  (void)context;
  --blocks;
  free(memory);
}

static int complain(assent_text answer) {
  fprintf(stderr, "%s\n", answer.data);
  return 1;
}

static char *read_file(const char *name, size_t *size) {
  FILE *file = fopen(name, "rb");
  if (!file || fseek(file, 0, SEEK_END)) exit(2);
  const long length = ftell(file);
  rewind(file);
  char *text = malloc((size_t)length + 1);
  if (!text || fread(text, 1, (size_t)length, file) != (size_t)length) exit(2);
  text[length] = '\0';
  *size = (size_t)length;
  fclose(file);
  return text;
}

static int decide(const char *bytes, size_t size, const char *quote) {
  // begin assent.h
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
  // end assent.h
  return 0;
}

struct desk {
  assent_policy *policy;
  assent_directory *directory;
  assent_evaluator *evaluator;
  assent_session *session;
  assent_case *kase;
  assent_text answer;
  assent_world world;
};

/* Everything that asks for memory, one call after the other; -1 at the first that has none. */
static int whole(struct desk *d, const char *artifact, size_t size, const char *quote, const char *people,
                 const char *command) {
#define CALL(call)                                   \
  do {                                               \
    const assent_status status = call;               \
    if (status == ASSENT_OUT_OF_MEMORY) return -1;   \
    if (status != ASSENT_OK) exit(complain(d->answer)); \
  } while (0)
  assent_text *answer = &d->answer;
  if (!d->policy) CALL(assent_policy_load(artifact, size, &d->policy, answer));
  if (!d->directory) CALL(assent_directory_read(people, strlen(people), &d->directory, answer));
  d->world.directory = d->directory;
  if (!d->evaluator) CALL(assent_evaluator_new(d->policy, NULL, &d->evaluator, answer));
  CALL(assent_decide(d->evaluator, quote, strlen(quote), &d->world, answer));
  CALL(assent_explain(d->evaluator, answer));
  CALL(assent_orders(d->evaluator, NULL, quote, strlen(quote), &d->world, answer));
  if (!d->session)
    CALL(assent_session_open(d->policy, NULL, quote, strlen(quote), &d->world, &d->session, answer));
  if (!d->kase) CALL(assent_case_new("Q-1", 3, &d->kase, answer));
  CALL(assent_case_advance(d->kase, d->evaluator, command, strlen(command), &d->world, answer));
  CALL(assent_case_json(d->kase, answer));
  return 0;
}

static void give_back(struct desk *d) {
  assent_case_free(d->kase);
  assent_session_free(d->session);
  assent_evaluator_free(d->evaluator);
  assent_directory_free(d->directory);
  assent_policy_free(d->policy);
  assent_text_free(&d->answer);
}

int main(int count, char **words) {
  if (count != 4) return 2;
  assert(assent_abi() == ASSENT_ABI && strcmp(assent_version(), ASSENT_VERSION) == 0);
  const assent_allocator hook = {sizeof hook, allocate, release, NULL};
  const int hooked = assent_set_allocator(&hook) == ASSENT_OK; /* linked statically, it is not */
  size_t size = 0, quote_size = 0, people_size = 0;
  char *artifact = read_file(words[1], &size), *quote = read_file(words[2], &quote_size);
  char *people = read_file(words[3], &people_size);
  if (decide(artifact, size, quote)) return 1;
  if (hooked && assent_set_allocator(&hook) != ASSENT_BAD_REQUEST) return 1; /* said once */

  const char *const form = "{\"id\":\"c-1\",\"actor\":\"m.ortiz\",\"kind\":\"submit\",\"what\":{\"quote\":%s}}";
  char *command = malloc(strlen(form) + quote_size + 1);
  if (!command) return 2;
  sprintf(command, form, quote);
  long failures = 0, kept = -1; /* kept: what the library made once for all */
  for (long most = -1; hooked; ++most) { /* the first has all it wants; then each goes a little further */
    struct desk d = {0};
    d.world.size = sizeof d.world;
    if (assent_date("2026-03-02", 10, &d.world.today, NULL)) return 1;
    left = most;
    const int ran_out = whole(&d, artifact, size, quote, people, command) != 0;
    left = -1;
    /* What is missing now is asked for again, with what there is. */
    if (whole(&d, artifact, size, quote, people, command)) return 1;
    if (assent_case_version(d.kase) == 0) return 1;
    give_back(&d);
    if (most < 0) kept = blocks;
    if (blocks != kept) return fprintf(stderr, "%ld blocks were not given back\n", blocks - kept), 1;
    if (!ran_out && most >= 0) break;
    if (ran_out) ++failures;
  }
  if (hooked) printf("memory ran out at %ld places, and nothing was lost\n", failures);
  free(command);
  free(artifact);
  free(quote);
  free(people);
  return hooked && failures < 100;
}
