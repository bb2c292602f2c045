package io.pagestream.kernel.type;

import io.pagestream.kernel.memory.DamagedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * BTF type information (Linux, Documentation/bpf/btf.rst): a header, the types, and the strings.
 * The information of a module is split: its ids and string offsets continue those of the kernel.
 *
 * <p>Offsets and sizes are untrusted; every access is checked.
 */
public final class Btf {
  /** Magic 0xeb9f and version 1. */
  static final byte[] MAGIC = {(byte) 0x9f, (byte) 0xeb, 1, 0};

  /** Debian's kernels have 5 MiB, with their modules 12. */
  public static final int MOST_BYTES = 24 << 20;

  private static final int HEADER = 24;
  private static final int COMMON = 12;
  private static final int MOST_ALIASES = 64;

  private final @Nullable Btf base;
  private final ByteBuffer bytes;
  private final int stringsStart;
  private final int stringsLength;
  private final int[] starts;
  private final int firstId;
  private final int firstString;

  private Btf(
      @Nullable Btf base, ByteBuffer bytes, int stringsStart, int stringsLength, int[] starts) {
    this.base = base;
    this.bytes = bytes;
    this.stringsStart = stringsStart;
    this.stringsLength = stringsLength;
    this.starts = starts;
    this.firstId = base == null ? 1 : base.endId();
    this.firstString = base == null ? 0 : base.firstString + base.stringsLength;
  }

  /**
   * Reads type information.
   *
   * @param data starts with the header; may be longer than the information
   * @throws DamagedRecordException if it is not BTF, or damaged
   */
  public static Btf of(byte[] data) {
    return read(null, data);
  }

  /**
   * Reads the type information of a module.
   *
   * @param base the kernel's
   * @throws DamagedRecordException if it is not BTF, or damaged
   */
  public static Btf split(Btf base, byte[] data) {
    return read(base, data);
  }

  /**
   * Length of the information whose header is given; at most {@link #MOST_BYTES}.
   *
   * @throws DamagedRecordException if it is not a header
   */
  public static int lengthOf(byte[] header) {
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length < HEADER || !Arrays.equals(Arrays.copyOf(header, 4), MAGIC)) {
      throw new DamagedRecordException("the type information does not start with BTF's magic");
    }
    long headerLength = bytes.getInt(4) & 0xffff_ffffL;
    long typesStart = bytes.getInt(8) & 0xffff_ffffL;
    long typesLength = bytes.getInt(12) & 0xffff_ffffL;
    long strings = bytes.getInt(16) & 0xffff_ffffL;
    long stringsLength = bytes.getInt(20) & 0xffff_ffffL;
    boolean plausible =
        headerLength >= HEADER
            && headerLength <= 256
            && strings == typesStart + typesLength
            && stringsLength >= 1;
    long length = headerLength + strings + stringsLength;
    if (!plausible || length > MOST_BYTES) {
      throw new DamagedRecordException("the header of the type information is damaged");
    }
    return (int) length;
  }

  private static Btf read(@Nullable Btf base, byte[] data) {
    int length = lengthOf(data);
    if (length > data.length) {
      throw new DamagedRecordException("the type information is truncated");
    }
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = bytes.getInt(4);
    int typesStart = headerLength + bytes.getInt(8);
    int typesEnd = typesStart + bytes.getInt(12);
    int[] starts = new int[1024];
    int types = 0;
    for (long at = typesStart; at < typesEnd; ) {
      if (at + COMMON > typesEnd) {
        throw new DamagedRecordException("the type information is truncated");
      }
      if (types == starts.length) {
        starts = Arrays.copyOf(starts, types * 2);
      }
      starts[types++] = (int) at;
      int info = bytes.getInt((int) at + 4);
      BtfKind kind = BtfKind.of(info);
      if (kind == null || kind == BtfKind.VOID) {
        throw new DamagedRecordException("the type information has a type of unknown kind");
      }
      at += COMMON + kind.bytesAfter(info & 0xff_ffff);
      if (at > typesEnd) {
        throw new DamagedRecordException("the type information is truncated");
      }
    }
    int stringsStart = headerLength + bytes.getInt(16);
    return new Btf(base, bytes, stringsStart, bytes.getInt(20), Arrays.copyOf(starts, types));
  }

  /** The id after the last. */
  int endId() {
    return firstId + starts.length;
  }

  /** Number of types, without those of the base. */
  public int typeCount() {
    return starts.length;
  }

  /** Id of the structure or union with a name; the first one if there are several. */
  public OptionalInt structure(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < starts.length; i++) {
      BtfKind kind = BtfKind.of(bytes.getInt(starts[i] + 4));
      if ((kind == BtfKind.STRUCT || kind == BtfKind.UNION)
          && isString(bytes.getInt(starts[i]), wanted)) {
        return OptionalInt.of(firstId + i);
      }
    }
    return base == null ? OptionalInt.empty() : base.structure(name);
  }

  /** The piece of type information that contains an id, in which its accessors work. */
  private Btf owner(int id) {
    if (id >= firstId && id < endId()) {
      return this;
    }
    if (base == null || id <= 0 || id >= endId()) {
      throw new DamagedRecordException("the type information refers to type %d".formatted(id));
    }
    return base.owner(id);
  }

  private int startOf(int id) {
    return starts[id - firstId];
  }

  BtfKind kind(int id) {
    if (id == 0) {
      return BtfKind.VOID;
    }
    Btf owner = owner(id);
    BtfKind kind = BtfKind.of(owner.bytes.getInt(owner.startOf(id) + 4));
    return kind == null ? BtfKind.VOID : kind;
  }

  /** Whether the offsets of a structure's members contain the sizes of bit fields. */
  boolean hasBitFields(int id) {
    Btf owner = owner(id);
    return owner.bytes.getInt(owner.startOf(id) + 4) < 0;
  }

  int members(int id) {
    Btf owner = owner(id);
    return owner.bytes.getInt(owner.startOf(id) + 4) & 0xff_ffff;
  }

  /** Size in bytes of a structure, or the type that another one refers to. */
  int sizeOrType(int id) {
    Btf owner = owner(id);
    return owner.bytes.getInt(owner.startOf(id) + 8);
  }

  /** A word of a structure's member: 0 its name, 1 its type, 2 its offset. */
  int memberWord(int id, int member, int word) {
    Btf owner = owner(id);
    return owner.bytes.getInt(owner.startOf(id) + COMMON + 12 * member + 4 * word);
  }

  /** A word of an array: 0 the type of its elements, 1 of its index, 2 their number. */
  int arrayWord(int id, int word) {
    Btf owner = owner(id);
    return owner.bytes.getInt(owner.startOf(id) + COMMON + 4 * word);
  }

  boolean isNamed(int id, int member, byte[] name) {
    Btf owner = owner(id);
    return owner.isString(owner.bytes.getInt(owner.startOf(id) + COMMON + 12 * member), name);
  }

  /** The type behind names and qualifiers. */
  int resolved(int id) {
    for (int i = 0; i < MOST_ALIASES; i++) {
      if (!kind(id).isAlias()) {
        return id;
      }
      id = sizeOrType(id);
    }
    throw new DamagedRecordException("the type information has a cycle");
  }

  private boolean isString(int offset, byte[] text) {
    if (base != null && offset >= 0 && offset < firstString) {
      return base.isString(offset, text);
    }
    long own = (offset & 0xffff_ffffL) - firstString;
    if (own < 0 || own + text.length >= stringsLength) {
      return false;
    }
    int at = stringsStart + (int) own;
    for (int i = 0; i < text.length; i++) {
      if (bytes.get(at + i) != text[i]) {
        return false;
      }
    }
    return bytes.get(at + text.length) == 0;
  }
}
