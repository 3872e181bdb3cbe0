// errors.js: how a call says that what it was given is at fault.

// `code` is stable ("bad-quote"); `problems` are all that were found, each with a JSON pointer into what was given.
export class AssentError extends Error {
  constructor(code, problems) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(first ? `${code}${first.where && ` at ${first.where}`}: ${first.message}${more}` : code);
    this.code = code;
    this.problems = problems;
  }
}
AssentError.prototype.name = 'AssentError';
