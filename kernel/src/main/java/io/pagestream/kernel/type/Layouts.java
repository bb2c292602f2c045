package io.pagestream.kernel.type;

import io.pagestream.kernel.memory.DamagedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of members of the kernel's structures. Members of anonymous structures and unions belong
 * to the structure around them; a dotted path descends into members. Names differ between versions,
 * so several can be given.
 */
public final class Layouts {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_MEMBERS = 1 << 16;

  /**
   * A member.
   *
   * @param bitOffset from the start of the structure
   * @param bits size of a bit field; 0 for other members
   * @param type id of its type, without names and qualifiers
   */
  private record Member(long bitOffset, int bits, int type) {}

  private final Btf btf;
  private final Map<String, Integer> structures = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private int visited;

  /** The layouts in type information. */
  public Layouts(Btf btf) {
    this.btf = btf;
  }

  /** Whether the kernel has a structure. */
  public boolean has(String structure) {
    return id(structure) != 0;
  }

  /** Size of a structure in bytes. */
  public int size(String structure) {
    int id = require(structure);
    return btf.sizeOrType(id);
  }

  /**
   * Offset of a member in bytes.
   *
   * @param paths names of the member in different versions, the first one that exists is used
   * @throws DamagedRecordException if the kernel has none of them
   */
  public long offset(String structure, String... paths) {
    for (String path : paths) {
      long offset = offsetOrMissing(structure, path);
      if (offset >= 0) {
        return offset;
      }
    }
    throw new DamagedRecordException(
        "the kernel has no member %s of struct %s"
            .formatted(String.join(" or ", paths), structure));
  }

  /** Whether a structure has a member. */
  public boolean has(String structure, String path) {
    return has(structure) && offsetOrMissing(structure, path) >= 0;
  }

  /** Number of elements of a member that is an array. */
  public int length(String structure, String path) {
    Member member = find(require(structure), path);
    if (member == null || btf.kind(member.type()) != BtfKind.ARRAY) {
      throw new DamagedRecordException("struct %s has no array %s".formatted(structure, path));
    }
    return btf.arrayWord(member.type(), 2);
  }

  /** Size in bytes of a structure that is the type of a member or of the elements of an array. */
  public int memberSize(String structure, String path) {
    Member member = find(require(structure), path);
    if (member == null) {
      throw new DamagedRecordException("struct %s has no %s".formatted(structure, path));
    }
    return sizeOf(member.type());
  }

  private int sizeOf(int type) {
    int id = btf.resolved(type);
    return switch (btf.kind(id)) {
      case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT -> btf.sizeOrType(id);
      case PTR -> 8;
      case ARRAY -> sizeOfArray(id);
      default -> throw new DamagedRecordException("a member has a type without a size");
    };
  }

  private int sizeOfArray(int id) {
    int element = btf.resolved(btf.arrayWord(id, 0));
    if (btf.kind(element) == BtfKind.ARRAY) {
      throw new DamagedRecordException("an array of arrays");
    }
    return Math.multiplyExact(
        Math.clamp(sizeOf(element), 0, 1 << 15), btf.arrayWord(id, 2) & 0xffff);
  }

  private long offsetOrMissing(String structure, String path) {
    String key = structure + " " + path;
    Long known = offsets.get(key);
    if (known != null) {
      return known;
    }
    Member member = find(require(structure), path);
    long offset = member == null ? -1 : member.bitOffset() / Byte.SIZE;
    offsets.put(key, offset);
    return offset;
  }

  private @Nullable Member find(int structure, String path) {
    long bits = 0;
    int id = structure;
    Member member = null;
    for (String name : path.split("\\.", -1)) {
      visited = 0;
      member = memberOf(id, name.getBytes(StandardCharsets.ISO_8859_1), 0);
      if (member == null) {
        return null;
      }
      bits += member.bitOffset();
      id = member.type();
    }
    return member == null ? null : new Member(bits, member.bits(), id);
  }

  private @Nullable Member memberOf(int id, byte[] name, int depth) {
    BtfKind kind = btf.kind(id);
    if (depth > MOST_DEPTH || (kind != BtfKind.STRUCT && kind != BtfKind.UNION)) {
      return null;
    }
    boolean bitFields = btf.hasBitFields(id);
    for (int i = 0; i < btf.members(id); i++) {
      if (++visited > MOST_MEMBERS) {
        throw new DamagedRecordException("a structure has too many members");
      }
      int type = btf.resolved(btf.memberWord(id, i, 1));
      int word = btf.memberWord(id, i, 2);
      long bitOffset = bitFields ? (word & 0xff_ffff) : (word & 0xffff_ffffL);
      if (btf.isNamed(id, i, name)) {
        return new Member(bitOffset, bitFields ? word >>> 24 : 0, type);
      }
      if (btf.memberWord(id, i, 0) == 0) {
        Member inner = memberOf(type, name, depth + 1);
        if (inner != null) {
          return new Member(bitOffset + inner.bitOffset(), inner.bits(), inner.type());
        }
      }
    }
    return null;
  }

  private int require(String structure) {
    int id = id(structure);
    if (id == 0) {
      throw new DamagedRecordException("the kernel has no struct " + structure);
    }
    return id;
  }

  private int id(String structure) {
    Integer known = structures.get(structure);
    if (known == null) {
      OptionalInt found = btf.structure(structure);
      known = found.orElse(0);
      structures.put(structure, known);
    }
    return known;
  }
}
