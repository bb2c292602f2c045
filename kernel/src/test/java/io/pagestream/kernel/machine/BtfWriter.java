package io.pagestream.kernel.machine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes BTF after Linux's Documentation/bpf/btf.rst: independent of the reader. */
public final class BtfWriter {
  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final int firstString;
  private int nextId;

  /** Information of a kernel. */
  public BtfWriter() {
    this(1, 0);
    strings.write(0);
  }

  private BtfWriter(int firstId, int firstString) {
    this.nextId = firstId;
    this.firstString = firstString;
  }

  /** Information of a module, which continues this. */
  public BtfWriter split() {
    return new BtfWriter(nextId, firstString + strings.size());
  }

  /** Adds a type without members; returns its id. */
  public int type(int kind, String name, int sizeOrType, int... extra) {
    put(string(name), kind << 24, sizeOrType);
    put(extra);
    return nextId++;
  }

  /** An integer of a number of bytes. */
  public int integer(int bytes) {
    return type(1, "u" + 8 * bytes, bytes, 8 * bytes);
  }

  /**
   * Adds a structure; returns its id.
   *
   * @param members name, type, offset in bytes of each
   */
  public int structure(String name, int size, Object... members) {
    return structure(4, name, size, members);
  }

  /** Adds a structure (kind 4) or a union (5). */
  public int structure(int kind, String name, int size, Object... members) {
    put(string(name), (kind << 24) | (members.length / 3), size);
    for (int i = 0; i < members.length; i += 3) {
      put(string((String) members[i]), (Integer) members[i + 1], (Integer) members[i + 2] * 8);
    }
    return nextId++;
  }

  /** The offset of a string, as a reference. */
  private int string(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int offset = firstString + strings.size();
    strings.writeBytes((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    return offset;
  }

  private void put(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      buffer.putInt(word);
    }
    types.writeBytes(buffer.array());
  }

  /** The whole information. */
  public byte[] bytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(24 + types.size() + strings.size()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0);
    buffer.putInt(24).putInt(0).putInt(types.size()).putInt(types.size()).putInt(strings.size());
    buffer.put(types.toByteArray()).put(strings.toByteArray());
    return buffer.array();
  }
}
