// The syntax of Assent, and nothing of its meaning. README.md beside this file is the reference for
// people; compiler/parse/build_ast.cpp turns what is parsed here into compiler/ast/ast.h.
//
// Clause words stay usable as names: `name` lists them. Reserved are only the words that join parts
// of an expression or of a path; they are the quoted words that `name` does not list.
// Every binary level is a loop, so that depth of the tree comes from brackets alone (and from `has`).
grammar Assent;

module : header? item* EOF ;

header : kind=('policy' | 'module') qualified title=TEXT? ;

item
  : useItem | recordItem | extendItem | typeItem | inputItem | functionItem | calendarItem
  | approverItem | groupItem | chainItem | factItem | ruleItem | ladderItem
  | stepItem | pathItem | otherwiseItem | ordersItem | testItem | testingItem | reservedItem
  ;

useItem      : 'use' qualified ('as' name)? ;

// ── what a quote looks like ──────────────────────────────────────────────────────────────────
recordItem   : 'record' name ('money' 'in' name)? ('from' TEXT ('or' TEXT)*)? '{' field* '}' ;
extendItem   : 'extend' qualified '{' field* '}' ;
field        : name ':' typeName ('from' TEXT ('or' TEXT)*)? ('else' fieldDefault)? ;
fieldDefault : '-'? literal | 'empty' ;
typeName     : ('list' 'of')? (qualified | choice) optional='?'? ;
choice       : 'one' 'of' TEXT (',' TEXT)* ;
typeItem     : 'type' name '=' choice ;
inputItem    : 'input' name ':' qualified ;

functionItem : 'function' name '(' (parameter (',' parameter)*)? ')' (':' typeName)? '=' expr ;
parameter    : name ':' typeName ;
calendarItem : 'calendar' name '=' name 'to' name ('except' DATE (',' DATE)*)? ;

// ── who decides ──────────────────────────────────────────────────────────────────────────────
approverItem : 'approver' name title=TEXT? '=' approverTerm ('else' approverTerm)* ;
approverTerm
  : 'person' TEXT                                                                # namedPerson
  | 'role' TEXT                                                                  # namedRole
  | 'first' 'manager' 'above' postfix 'whose' TEXT 'authority' 'covers' postfix  # climb
  | qualified                                                                    # personValue
  ;
groupItem    : 'group' name title=TEXT? '=' quorum (',' 'veto' member)* ;
quorum
  : ('any' | 'all' | 'majority' | NUMBER | PERCENT) 'of' member (',' member)*    # counted
  | NUMBER 'points' 'of' weighted (',' weighted)*                                # points
  ;
weighted     : member 'worth' NUMBER ;
member
  : 'person' TEXT
  | 'people' TEXT (',' TEXT)*
  | 'role' TEXT
  | qualified
  ;
chainItem    : 'chain' name title=TEXT? '=' path ;

// ── when they decide ─────────────────────────────────────────────────────────────────────────
factItem     : 'fact' name (':' typeName)? '=' expr ;
ruleItem     : 'rule' name title=TEXT? '{' clause* '}' ;
clause
  : 'for' 'each' name 'in' postfix ('where' expr)?                               # forEach
  | 'effective' 'from'? first=DATE? ('to' last=DATE)? ('on' fallback)?           # effective
  | 'states' 'except'? name (',' name)*                                          # states
  | 'when' expr                                                                  # whenClause
  | 'unless' expr                                                                # unlessClause
  | 'always'                                                                     # alwaysClause
  | 'requires' path                                                              # requiresClause
  | 'denies' TEXT                                                                # deniesClause
  | 'warns' TEXT                                                                 # warnsClause
  | 'reapprove' ('when' expr | 'always' | 'on' 'any' 'change' 'of' sum (',' sum)*)  # reapproveClause
  ;
ladderItem   : 'ladder' name title=TEXT? 'by' sum '{' clause* band* '}' ;
band         : ('up' 'to' sum | 'below' sum | 'above') ':' bandOutcome ;
bandOutcome  : 'no' 'approval' | 'denies' TEXT | path ;

// ── in which order ───────────────────────────────────────────────────────────────────────────
path         : stage ('then' stage)* ;
stage        : branch ('and' branch)* ('when' expr)? ;
branch       : '(' path ')' | 'person' TEXT | 'role' TEXT | qualified ;

stepItem     : 'step' qualified '{' setting* '}' ;
setting
  : 'remind' 'after' duration ('then' 'every' duration)?                         # remind
  | 'escalate' 'to' qualified 'after' duration replacing='replacing'?            # escalate
  | 'expire' 'after' duration ('as' name)?                                       # expire
  | 'approve' 'by' 'silence' 'after' duration                                    # silence
  | 'explicit'                                                                   # explicit
  | 'reject' ('ends' | 'collects' | 'returns' 'to' qualified)                    # rejection
  | name 'may' 'decide'                                                          # mayDecide
  ;
duration     : NUMBER 'business'? unit ('in' qualified)? ;
unit
  : 'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days' | 'week' | 'weeks'
  | 'month' | 'months' | 'year' | 'years'
  ;
pathItem     : 'path' '{' pathSetting* '}' ;
pathSetting
  : qualified (',' qualified)* ('before' | 'after') qualified (',' qualified)*   # ordering
  | 'same' 'approver' ('once' | 'each' 'time')                                   # sameApprover
  | 'override' 'by' qualified                                                    # overrideBy
  ;
otherwiseItem: 'otherwise' ('approve' TEXT? | 'denies' TEXT | 'requires' path) ;

// ── what is delivered how ────────────────────────────────────────────────────────────────────
ordersItem   : 'orders' name title=TEXT? '{' orderClause* '}' ;
orderClause
  : 'for' 'each' name 'in' postfix ('where' expr)?                               # linesOrdered
  | ('named' | 'quantity' | 'amount' | 'part' 'of' | 'item' | 'unit' | 'level' | 'held' 'by') sum  # lineRole
  | 'term' ('from' sum ('to' sum)? ('lasting' sum)? | 'to' sum ('lasting' sum)? | 'lasting' sum)   # lineTerm
  | 'phase' name title=TEXT? '=' ('lines' 'where' expr | 'other' 'lines')        # phase
  | 'split' 'by' sum (',' sum)*                                                  # splitBy
  | ('keep' 'bundles' 'together' | 'release' 'bundles')                          # bundles
  | whose 'starts' 'on' sum                                                      # startsOn
  | whose 'starts' ('when' | (duration | qualified) 'after') name ('of' 'the' 'same' sum (',' sum)*)? 'is' milestone  # startsAfter
  | whose 'takes' sum ('when' expr | 'otherwise')?                               # takes
  | whose 'is' ('wanted' | 'due') 'on' sum                                       # wantedOn
  | whose 'keeps' 'to' 'business' 'days' ('in' qualified)? (',' convention)?     # keepsTo
  | whose ('inherits' | 'shifts' | 'clamps') 'dates' (',' 'prorated' 'by' proration)?  # placesTerms
  | whose 'earns' recognition ('when' milestone | 'from' sum)?                   # earns
  | whose 'is' 'final' 'once' milestone                                          # finalOnce
  | 'contract' ('by' NAME 'end' 'date' | 'as' 'one')                             # contracting
  | ('contract' 'separately' | 'no' 'contract') 'where' expr                     # contractOfLine
  | ('assets' 'per' ('unit' | 'line') | 'no' 'assets') ('where' expr)?           # assets
  | 'remainder' 'to' ('first' | 'last')                                          # remainder
  ;
whose        : 'every' 'order' | NAME ;
milestone    : 'activated' | 'delivered' | 'accepted' ;
proration    : 'calendar'? 'month' 'and' 'day' | 'month' | 'day' ;
recognition  : 'by' ('day' | 'month') | 'at' ('start' | 'end') ;
convention   : 'unadjusted' | 'modified'? ('following' | 'preceding') ;

// ── tests ────────────────────────────────────────────────────────────────────────────────────
testItem     : 'test' title=TEXT '{' testClause* '}' ;
testingItem  : 'testing' '{' testClause* '}' ;
testClause
  : 'given' TEXT ('with' edit (',' edit)*)?                                      # given
  | 'directory' TEXT                                                             # directory
  | 'rates' TEXT                                                                 # rates
  | 'today' DATE                                                                 # today
  | 'state' name                                                                 # state
  | 'expect' expectation                                                         # expect
  ;
edit         : editStep ('.' editStep)* ('=' '-'? literal | 'is' 'absent') ;
editStep     : name ('[' NUMBER ']')? ;
expectation
  : 'approved'                                                                   # expectApproved
  | 'denied' TEXT?                                                               # expectDenied
  | 'blocked' TEXT?                                                              # expectBlocked
  | 'warning' TEXT                                                               # expectWarning
  | 'path' path                                                                  # expectPath
  | 'rule' qualified ('applies' | 'does' 'not' 'apply')                          # expectRule
  | 'value' postfix ('=' '-'? literal | 'is' 'absent')                           # expectValue
  | 'orders' orderedLines (',' orderedLines)*                                    # expectOrders
  | 'no' 'orders' TEXT                                                           # expectNoOrders
  | 'order' 'of' TEXT ('starts' literal | 'is' 'delivered' literal | 'is' 'pending' | 'comes' 'to' literal)  # expectOrder
  ;
orderedLines : TEXT ('and' TEXT)* ;
reservedItem : 'prove' TEXT block ;
block        : '{' (block | ~('{' | '}'))* '}' ;

// ── expressions, loosest first ───────────────────────────────────────────────────────────────
expr         : conjunction ('or' conjunction)* ;
conjunction  : negation ('and' negation)* ;
negation     : 'not'* comparison ;
comparison   : sum comparator? ;
comparator
  : op=('=' | '!=' | '<' | '<=' | '>' | '>=') sum ignoring?                      # order
  | 'is' 'not'? ('present' | 'absent')                                           # presence
  | 'is' 'not'? 'one' 'of' sum (',' sum)* ignoring?                              # oneOf
  | 'is' 'not'? 'between' sum 'and' sum                                          # between
  | 'is' 'not'? sum ignoring?                                                    # equality
  | ('starts' | 'ends') 'with' sum ignoring?                                     # affix
  | 'contains' sum ignoring?                                                     # containing
  | 'does' 'not' (('start' | 'end') 'with' | 'contain') sum ignoring?            # lacking
  ;
ignoring     : 'ignoring' 'case' ;
sum          : product (('+' | '-') product)* ;
product      : unary (('*' | '/') unary)* ;
unary        : '-'* fallback ;
fallback     : postfix ('else' '-'? postfix)* ;
postfix      : primary ('.' name)* ;
primary
  : literal                                                                      # literalPrimary
  | '(' expr ')'                                                                 # bracketed
  | ('any' | 'every' | 'no') name 'in' postfix ('where' expr)? 'has' negation    # quantifier
  | qualified '(' arguments? ')'                                                 # call
  | name                                                                         # reference
  ;
arguments
  : name 'in' postfix ('where' expr)?                                            # overLines
  | expr 'for' name 'in' postfix ('where' expr)?                                 # ofLines
  | expr (',' expr)*                                                             # plain
  ;
literal      : duration | NUMBER | PERCENT | MONEY | TEXT | DATE | INSTANT | 'true' | 'false' ;

qualified    : name ('.' name)* ;
name
  : NAME
  | 'policy' | 'module' | 'use' | 'as' | 'record' | 'money' | 'from' | 'extend' | 'empty' | 'list' | 'of'
  | 'type' | 'input' | 'function' | 'calendar' | 'to' | 'except' | 'approver' | 'person' | 'role'
  | 'first' | 'manager' | 'above' | 'whose' | 'authority' | 'covers' | 'group' | 'majority' | 'points'
  | 'worth' | 'people' | 'chain' | 'fact' | 'each' | 'effective' | 'on' | 'states' | 'always'
  | 'requires' | 'denies' | 'warns' | 'reapprove' | 'change' | 'ladder' | 'by' | 'up' | 'below'
  | 'approval' | 'step' | 'remind' | 'after' | 'escalate' | 'replacing' | 'expire' | 'approve'
  | 'silence' | 'explicit' | 'reject' | 'ends' | 'collects' | 'returns' | 'may' | 'decide'
  | 'business' | unit | 'path' | 'before' | 'same' | 'once' | 'time' | 'otherwise' | 'test' | 'testing'
  | 'given' | 'with' | 'directory' | 'rates' | 'today' | 'state' | 'expect' | 'approved' | 'denied'
  | 'blocked' | 'warning' | 'applies' | 'apply' | 'value' | 'orders' | 'prove' | 'starts' | 'does'
  | 'named' | 'quantity' | 'amount' | 'part' | 'phase' | 'lines' | 'other' | 'split' | 'keep' | 'bundles'
  | 'together' | 'release' | 'order' | 'takes' | 'the' | 'wanted' | 'due' | 'keeps' | 'activated' | 'delivered'
  | 'accepted' | 'item' | 'unit' | 'level' | 'held' | 'term' | 'lasting' | 'inherits' | 'shifts' | 'clamps' | 'dates'
  | 'prorated' | 'earns' | 'at' | 'final' | 'contract' | 'date' | 'separately' | 'assets' | 'per'
  | 'remainder' | 'last' | 'line' | 'unadjusted' | 'modified' | 'following' | 'preceding' | 'pending' | 'comes' | 'override' | 'one' | 'start' | 'end' | 'contain' | 'contains' | 'ignoring' | 'case' | 'rule'
  ;

// ── words ────────────────────────────────────────────────────────────────────────────────────
fragment DIGITS : [0-9] ('_'? [0-9])* ;
INSTANT  : DATE_PART [Tt] [0-9] [0-9] ':' [0-9] [0-9] (':' [0-9] [0-9] ('.' [0-9]+)?)? ([Zz] | [+-] [0-9] [0-9] ':' [0-9] [0-9]) ;
fragment DATE_PART : [0-9] [0-9] [0-9] [0-9] '-' [0-9] [0-9] '-' [0-9] [0-9] ;
DATE     : DATE_PART ;
MONEY    : DIGITS ('.' DIGITS)? ' '* [A-Z] [A-Z] [A-Z] ;
PERCENT  : DIGITS ('.' DIGITS)? '%' ;
NUMBER   : DIGITS ('.' DIGITS)? ;
NAME     : [\p{L}_] [\p{L}\p{Nd}_]* ;
TEXT     : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
COMMENT  : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE    : [ \t\r\n\u00A0\uFEFF]+ -> skip ;
OPEN_TEXT: '"' (~["\\\r\n] | '\\' ~[\r\n])* ;
FOREIGN  : '==' | '&&' | '||' | '!' | ';' | '=>' | '->' | '\'' | '%' ;
UNKNOWN  : . ;
