import { crc32, deflateRawSync } from "node:zlib";

/** A ZIP of one file; `megabytes` of nothing in it make a bomb of it. */
export function makeZip(name: string, content: string, megabytes = 0): Buffer {
  const plain = Buffer.concat([Buffer.from(content), Buffer.alloc(megabytes * 1024 * 1024)]);
  const packed = deflateRawSync(plain, { level: 9 });
  const facts = Buffer.alloc(22);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(crc32(plain), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(plain.length, 18);
  const names = Buffer.alloc(4);
  names.writeUInt16LE(name.length, 0);
  const local = Buffer.concat([signature(0x04034b50), facts, names, Buffer.from(name), packed]);
  const entry = Buffer.concat([
    signature(0x02014b50),
    Buffer.from([20, 0]),
    facts,
    names,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(entry.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, entry, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
