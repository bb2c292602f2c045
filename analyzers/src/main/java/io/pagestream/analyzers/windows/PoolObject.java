package io.pagestream.analyzers.windows;

import org.jspecify.annotations.Nullable;

/**
 * The allocations of the kernel's pools that are searched for. Tags: pooltag.txt of the Windows
 * debugger. Before Windows 8, the highest bit of an object's tag is set.
 *
 * <p>The first two numbers of an object identify it: the type and size that the headers of the
 * Windows Driver Kit define for file and driver objects (IO_TYPE_FILE, IO_TYPE_DRIVER), or the type
 * and length in 4-byte units of a dispatcher object (KOBJECTS).
 */
enum PoolObject {
  PROCESS("Proc", "process", 600, 3, 0),
  THREAD("Thre", "thread", 600, 6, 0),
  FILE("File", "file", 232, 5, 0xd8),
  DRIVER("Driv", "driver", 352, 4, 0x150),
  MUTANT("Muta", "mutant", 80, 2, 0),
  SYMBOLIC_LINK("Symb", "symbolic-link", 72, -1, 0),
  MODULE("MmLd", "module", 96, -1, 0),
  TCP_ENDPOINT("TcpE", "network-endpoint", 256, -1, 0),
  TCP_LISTENER("TcpL", "network-endpoint", 96, -1, 0),
  UDP_ENDPOINT("UdpA", "network-endpoint", 96, -1, 0);

  /** Tags of these objects, at 4, after the type of a pool in use. */
  static final String ANCHOR =
      "[\\x02\\x03\\x06\\x07\\x0a\\x0b\\x0e\\x0f\\x22\\x23\\x2a\\x2b\\x42\\x43\\x46\\x4a\\x4b]"
          + "(?:Pro[c\\xe3]|Thr[e\\xe5]|Fil[e\\xe5]|Dri[v\\xf6]|Mut[a\\xe1]|Sym[b\\xe2]"
          + "|MmLd|Tcp[EL]|UdpA)";

  private final int tag;
  private final String name;
  private final String kind;
  private final int minBytes;
  private final int objectType;
  private final int objectSize;

  PoolObject(String name, String object, int minBytes, int objectType, int objectSize) {
    this.tag = name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    this.name = name;
    this.kind = "pool-" + object;
    this.minBytes = minBytes;
    this.objectType = objectType;
    this.objectSize = objectSize;
  }

  /** The object of a tag, whose highest bit is ignored. */
  static @Nullable PoolObject of(int tag) {
    for (PoolObject object : values()) {
      if (object.tag == (tag & 0x7fff_ffff)) {
        return object;
      }
    }
    return null;
  }

  /** The tag as text. */
  String tag() {
    return name;
  }

  /** Kind of finding. */
  String kind() {
    return kind;
  }

  /** Minimum size of the allocation, header included. */
  int minBytes() {
    return minBytes;
  }

  /** Whether the object's first bytes are known. */
  boolean hasType() {
    return objectType >= 0;
  }

  /**
   * Whether an object begins with these bytes.
   *
   * @param first its first 16 bits
   * @param second the next 16 bits; the upper 8 bits of a dispatcher object are its size
   * @param room bytes from its first byte to the end of the allocation
   */
  boolean beginsWith(int first, int second, int room) {
    if (objectSize > 0) {
      return first == objectType && second == objectSize && room >= objectSize;
    }
    int size = 4 * (second & 0xff);
    return (first & 0x7f) == objectType && size >= 24 && size <= room && second >>> 8 == 0;
  }
}
