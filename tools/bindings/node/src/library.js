// library.js: the C library, found and declared. Entry: `library`, the functions of assent.h without their prefix.
//
// Handles cross as addresses (a BigInt), texts and structures as the memory of a buffer: nothing is converted on the
// way, so that a call costs some hundred nanoseconds.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const abi = 1;  // ASSENT_ABI of the header that is declared here
const name = `libassent.so.${abi}`;
const beside = fileURLToPath(new URL(`../${name}`, import.meta.url));
const path = process.env.ASSENT_LIBRARY || (existsSync(beside) ? beside : name);

function load() {
  try {
    return koffi.load(path);
  } catch (error) {
    throw new Error(`cannot load \`${path}\`: say in ASSENT_LIBRARY where it is`, { cause: error });
  }
}
const loaded = load();
const found = loaded.func('uint32_t assent_abi()')();
if (found !== abi) throw new Error(`\`${path}\` has ABI ${found}: this package needs ${abi}`);

export const library = {
  version: loaded.func('const char *assent_version()'),
  status_name: loaded.func('const char *assent_status_name(int status)'),
  text_free: loaded.func('void assent_text_free(void *text)'),

  directory_read: loaded.func('int assent_directory_read(void *json, size_t size, void *made, void *answer)'),
  directory_free: loaded.func('void assent_directory_free(void *directory)'),
  rates_read: loaded.func('int assent_rates_read(void *json, size_t size, void *made, void *answer)'),
  rates_free: loaded.func('void assent_rates_free(void *rates)'),
  deputies_read: loaded.func('int assent_deputies_read(void *json, size_t size, void *made, void *answer)'),
  deputies_free: loaded.func('void assent_deputies_free(void *deputies)'),
  date: loaded.func('int assent_date(void *text, size_t size, void *days, void *answer)'),

  policy_load: loaded.func('int assent_policy_load(void *artifact, size_t size, void *made, void *answer)'),
  policy_free: loaded.func('void assent_policy_free(void *policy)'),
  policy_about: loaded.func('int assent_policy_about(void *policy, void *answer)'),
  policy_schema: loaded.func('int assent_policy_schema(void *policy, void *answer)'),

  evaluator_new: loaded.func('int assent_evaluator_new(void *policy, void *limits, void *made, void *answer)'),
  evaluator_free: loaded.func('void assent_evaluator_free(void *evaluator)'),
  decide: loaded.func('int assent_decide(void *evaluator, void *quote, size_t size, void *world, void *answer)'),
  explain: loaded.func('int assent_explain(void *evaluator, void *answer)'),
  fact: loaded.func('int assent_fact(void *evaluator, void *name, size_t size, void *answer)'),

  session_open: loaded.func('int assent_session_open(void *policy, void *limits, void *quote, size_t size, ' +
                            'void *world, void *made, void *answer)'),
  session_free: loaded.func('void assent_session_free(void *session)'),
  session_set: loaded.func('int assent_session_set(void *session, void *path, size_t path_size, ' +
                           'void *json, size_t json_size, void *answer)'),
  session_insert: loaded.func('int assent_session_insert(void *session, void *path, size_t path_size, ' +
                              'void *json, size_t json_size, void *answer)'),
  session_remove: loaded.func('int assent_session_remove(void *session, void *path, size_t path_size, void *answer)'),
  session_decision: loaded.func('int assent_session_decision(void *session, void *answer)'),
  session_explain: loaded.func('int assent_session_explain(void *session, void *answer)'),

  case_new: loaded.func('int assent_case_new(void *id, size_t size, void *made, void *answer)'),
  case_free: loaded.func('void assent_case_free(void *kase)'),
  case_apply: loaded.func('int assent_case_apply(void *kase, void *event, size_t size, void *answer)'),
  case_advance: loaded.func('int assent_case_advance(void *kase, void *evaluator, void *command, size_t size, ' +
                            'void *world, void *answer)'),
  case_json: loaded.func('int assent_case_json(void *kase, void *answer)'),
  case_version: loaded.func('uint64_t assent_case_version(void *kase)'),
  case_next_due: loaded.func('int64_t assent_case_next_due(void *kase)'),

  orders: loaded.func('int assent_orders(void *evaluator, void *kase, void *quote, size_t size, ' +
                      'void *world, void *answer)'),
  replan: loaded.func('int assent_replan(void *evaluator, void *kase, void *quote, size_t size, ' +
                      'void *change, size_t change_size, void *world, void *answer)'),
  fulfilment: loaded.func('int assent_fulfilment(void *evaluator, void *kase, void *quote, size_t size, ' +
                          'void *world, int32_t kind, void *answer)'),
};

// Structures that are given. Filled once, into memory that is passed again and again.
const world = koffi.struct({
  size: 'size_t', today: 'int32_t', state: 'int32_t', now: 'int64_t', utc_offset: 'int32_t',
  directory: 'void *', rates: 'void *', deputies: 'void *',
});
const limits = koffi.struct({
  size: 'size_t', quote_bytes: 'uint64_t', rows: 'uint64_t', work: 'uint64_t', memory: 'uint64_t',
});
const filled = (type, fields) => {
  const size = koffi.sizeof(type);
  const memory = Buffer.alloc(size);
  koffi.encode(memory, type, { size, ...fields });
  return memory;
};
export const worldStruct = fields => filled(world, fields);
export const limitsStruct = fields => filled(limits, fields);

// What an `assent_text` says, given its memory.
export const read = text => koffi.decode(text, 'str');
