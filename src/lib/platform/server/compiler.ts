/**
 * Says constants as constants. Statements are planned once, for whatever they are asked with; an index over a part of a
 * table (`where status = 'resolved'`) is used only when the statement itself says that it asks for that part.
 */
import {
  ColumnNode,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  ReferenceNode,
  ValueNode,
  type BinaryOperationNode,
  type OperationNode
} from 'kysely';

/** Columns that hold one of a closed list of words. Compared with such a word, it stands in the statement. */
export const closedColumns: ReadonlySet<string> = new Set([
  ...['status', 'state', 'role', 'kind', 'visibility', 'scope', 'scan', 'channel', 'hours'],
  ...['hazard', 'verdict', 'level', 'preview', 'source', 'by_whom', 'comes_first', 'outcome']
]);

export class LiteralCompiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const right =
      truthIn(node.rightOperand) ?? (isClosed(node.leftOperand) && constantsIn(node.rightOperand));
    if (!right) return super.visitBinaryOperation(node);

    this.visitNode(node.leftOperand);
    this.append(' ');
    this.visitNode(node.operator);
    this.append(right);
  }
}

const truthIn = (right: OperationNode) =>
  ValueNode.is(right) && typeof right.value === 'boolean' ? ` ${right.value}` : null;

function isClosed(left: OperationNode) {
  const column = ReferenceNode.is(left) ? left.column : left;
  return ColumnNode.is(column) && closedColumns.has(column.column.name);
}

/** ` 'open'`, or ` ('open', 'waiting')`; null where it is anything but such words. */
function constantsIn(right: OperationNode): string | null {
  if (ValueNode.is(right)) return isWord(right.value) ? ` '${right.value}'` : null;
  if (!PrimitiveValueListNode.is(right) || right.values.length === 0) return null;
  const words = right.values.filter(isWord);
  return words.length === right.values.length ? ` (${words.map((word) => `'${word}'`).join(', ')})` : null;
}

/** Nothing that could end a literal: a statement is never made of what somebody typed. */
const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z][a-z_]{0,30}$/.test(value);
