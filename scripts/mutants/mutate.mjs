/** One-line mutants of a source file, found in its syntax tree. */
import ts from "typescript";

const SWAPPED = {
  "===": "!==",
  "!==": "===",
  "==": "!=",
  "!=": "==",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "&&": "||",
  "||": "&&",
  "-": "+",
  "*": "/",
  "/": "*",
  "&": "|",
  "|": "&",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
};
const CALLS = new Map(Object.entries({ min: "max", max: "min", every: "some", some: "every" }));
/** Calls that a slip may leave out: `x.trim()` becomes `x`. */
const LEFT_OUT = new Set(["trim", "toLowerCase", "toUpperCase", "filter", "reverse", "sort"]);
/** Larger numbers are limits and widths; one more or less of them is seldom a slip. */
const SMALL_NUMBER = 256;

/**
 * Each mutant is `{ file, line, start, end, from, to, text }`: `to` takes the place of `from`, and
 * `text` is the whole line, by which the list of equivalent mutants knows it after lines have moved.
 */
export function mutantsOf(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = [];

  const add = (node, to, start = node.getStart(tree), end = node.getEnd(), isStatement = false) => {
    const { line } = tree.getLineAndCharacterOfPosition(start);
    const lineStart = tree.getPositionOfLineAndCharacter(line, 0);
    const lineEnd = source.indexOf("\n", lineStart);
    found.push({
      file,
      line: line + 1,
      start,
      end,
      from: source.slice(start, end),
      to,
      text: source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).trim(),
      // Coverage counts the whole expression, although only its operator may be replaced.
      reach: { start: node.getStart(tree), end: node.getEnd(), isStatement },
    });
  };
  const condition = (node, constants) => {
    for (const constant of constants) if (node.getText(tree) !== constant) add(node, constant);
  };

  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken;
      const swapped = SWAPPED[operator.getText(tree)];
      if (swapped !== undefined) add(node, swapped, operator.getStart(tree), operator.getEnd());
      else if (operator.kind === ts.SyntaxKind.PlusToken && hasNumber(node))
        add(node, "-", operator.getStart(tree), operator.getEnd());
      else if (operator.kind === ts.SyntaxKind.QuestionQuestionToken)
        add(node, node.left.getText(tree));
    } else if (ts.isIfStatement(node)) condition(node.expression, ["true", "false"]);
    else if (ts.isConditionalExpression(node)) condition(node.condition, ["true", "false"]);
    else if (ts.isWhileStatement(node)) condition(node.expression, ["false"]);
    else if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) add(node, node.operand.getText(tree));
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, "false");
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, "true");
    else if (ts.isNumericLiteral(node)) {
      const { name, propertyName } = node.parent;
      const isName = name === node || propertyName === node;
      const value = Number(node.text);
      if (!isName && value < SMALL_NUMBER) add(node, value === 1 ? "0" : String(value + 1));
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const other = CALLS.get(name.text);
      if (other !== undefined) add(node, other, name.getStart(tree), name.getEnd());
      else if (LEFT_OUT.has(name.text)) add(node, expression.getText(tree));
    } else if (isRemovable(node, tree)) add(node, ";", undefined, undefined, true);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** A sum rather than a text put together. */
function hasNumber({ left, right }) {
  return ts.isNumericLiteral(left) || ts.isNumericLiteral(right);
}

function isRemovable(node) {
  if (ts.isThrowStatement(node) || ts.isContinueStatement(node)) return true;
  if (ts.isBreakStatement(node)) return !ts.isCaseOrDefaultClause(node.parent);
  if (ts.isReturnStatement(node)) return node.expression === undefined;
  if (!ts.isExpressionStatement(node)) return false;
  let { expression } = node;
  while (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression))
    expression = expression.expression;
  return (
    (ts.isCallExpression(expression) &&
      expression.expression.kind !== ts.SyntaxKind.SuperKeyword) ||
    ts.isBinaryExpression(expression) ||
    ts.isPostfixUnaryExpression(expression) ||
    ts.isPrefixUnaryExpression(expression)
  );
}

/** The source with one mutant in it. */
export function withMutant(source, { start, end, to }) {
  return source.slice(0, start) + to + source.slice(end);
}

/** The source in which each of these mutants calls `__samlcertReached(id)` where it would act. */
export function withProbes(source, mutants) {
  const pieces = mutants.flatMap(({ id, reach }) => {
    const call = `globalThis.__samlcertReached?.(${id})`;
    const width = reach.end - reach.start;
    return [
      // Outer ones open first and close last.
      { at: reach.start, order: -width, text: reach.isStatement ? `{${call};` : `(${call},` },
      { at: reach.end, order: width - 1e9, text: reach.isStatement ? "}" : ")" },
    ];
  });
  // At one place, what ends there ends before what begins there.
  pieces.sort((a, b) => b.at - a.at || b.order - a.order);
  let text = source;
  for (const { at, text: piece } of pieces) text = text.slice(0, at) + piece + text.slice(at);
  return text;
}

/** `count` of them, drawn by a seed: the same ones for the same files. */
export function sampleOf(mutants, count, seed) {
  let state = seed >>> 0;
  // mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const rest = [...mutants];
  const drawn = [];
  while (drawn.length < count && rest.length > 0)
    drawn.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return drawn.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start));
}
