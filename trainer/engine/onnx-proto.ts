/**
 * Just enough of the ONNX protobuf schema (onnx.proto, IR version 9) to write a graph: a protobuf message
 * is a list of fields, each a varint key (number · 8 + wire type) followed by its value.
 */
const VARINT = 0;
const BYTES = 2;

const IR_VERSION = 9;
const OPSET = 21;

/** onnx.TensorProto.DataType */
export const ONNX_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type OnnxType = keyof typeof ONNX_TYPE;

export type OnnxAttribute = number | string | number[];
export type OnnxNode = {
  op: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, OnnxAttribute>;
};
export type OnnxInitializer = { name: string; shape: number[]; type: OnnxType; bytes: Uint8Array };
export type OnnxValue = { name: string; shape: number[]; type: OnnxType };
export type OnnxModel = {
  nodes: OnnxNode[];
  initializers: OnnxInitializer[];
  inputs: OnnxValue[];
  outputs: OnnxValue[];
};

/** The bytes of a ModelProto. Attributes are integers, integer lists or strings; floats are not needed. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const graph = concat([
    ...model.nodes.map((node) => bytes(1, encodeNode(node))),
    text(2, "graph"),
    ...model.initializers.map((initializer) => bytes(5, encodeInitializer(initializer))),
    ...model.inputs.map((value) => bytes(11, encodeValue(value))),
    ...model.outputs.map((value) => bytes(12, encodeValue(value))),
  ]);
  return concat([integer(1, IR_VERSION), bytes(7, graph), bytes(8, integer(2, OPSET))]);
}

function encodeNode(node: OnnxNode): Uint8Array {
  return concat([
    ...node.inputs.map((name) => text(1, name)),
    ...node.outputs.map((name) => text(2, name)),
    text(4, node.op),
    ...Object.entries(node.attributes).map(([name, value]) =>
      bytes(5, encodeAttribute(name, value)),
    ),
  ]);
}

/** onnx.AttributeProto: field 20 tells which of the value fields is meant (2 int, 3 string, 7 ints). */
function encodeAttribute(name: string, value: OnnxAttribute): Uint8Array {
  if (typeof value === "number") {
    return concat([text(1, name), integer(3, value), integer(20, 2)]);
  }
  if (typeof value === "string") {
    return concat([text(1, name), text(4, value), integer(20, 3)]);
  }
  return concat([text(1, name), ...value.map((item) => integer(8, item)), integer(20, 7)]);
}

function encodeInitializer(initializer: OnnxInitializer): Uint8Array {
  return concat([
    ...initializer.shape.map((dim) => integer(1, dim)),
    integer(2, ONNX_TYPE[initializer.type]),
    text(8, initializer.name),
    bytes(9, initializer.bytes),
  ]);
}

/** onnx.ValueInfoProto with a static shape. */
function encodeValue(value: OnnxValue): Uint8Array {
  const shape = concat(value.shape.map((dim) => bytes(1, integer(1, dim))));
  const tensorType = concat([integer(1, ONNX_TYPE[value.type]), bytes(2, shape)]);
  return concat([text(1, value.name), bytes(2, bytes(1, tensorType))]);
}

function integer(field: number, value: number): Uint8Array {
  return concat([varint(field * 8 + VARINT), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return concat([varint(field * 8 + BYTES), varint(value.length), value]);
}

/** Little-endian base 128; a negative number is its 64-bit two's complement. */
function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const out: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    out.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(out);
}

function concat(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}
