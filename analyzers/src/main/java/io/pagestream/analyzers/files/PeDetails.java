package io.pagestream.analyzers.files;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The data of a PE that its directories refer to: the PDB of its debug directory ("Debug Directory
 * (Image Only)", type 2; "RSDS", GUID, age u32, path) and the hash of its imports. An address is
 * resolved as in memory (the offset is the address) and as in a file (by the sections); whichever
 * has a valid content is used.
 */
final class PeDetails {
  private static final byte[] RSDS = {'R', 'S', 'D', 'S'};
  private static final int IMPORT = 1;
  private static final int DEBUG = 6;
  private static final int CODE_VIEW = 2;
  private static final int MOST_DEBUG_ENTRIES = 8;
  private static final int MOST_PATH = 260;

  private PeDetails() {}

  static void add(FileDescription file, HeaderBytes bytes) {
    int optional = (int) bytes.u32le(0x3c) + 24;
    int fixed = bytes.u16le(optional) == 0x10b ? 96 : 112;
    if (!bytes.has(optional, fixed)) {
      return;
    }
    long directories = bytes.u32le(optional + fixed - 4);
    PeSections sections =
        PeSections.of(bytes, optional + bytes.u16le(optional - 4), bytes.u16le(optional - 18));
    long debug = directory(bytes, optional + fixed, directories, DEBUG);
    long imports = directory(bytes, optional + fixed, directories, IMPORT);
    if (debug > 0) {
      boolean found = addDebug(file, bytes, debug);
      if (!found) {
        addDebug(file, bytes, sections.fileOffset(debug));
      }
    }
    if (imports > 0) {
      PeImports inMemory = new PeImports(bytes, null);
      String hash = inMemory.hash(imports, fixed == 112);
      if (hash == null) {
        hash = new PeImports(bytes, sections).hash(imports, fixed == 112);
      }
      if (hash != null) {
        file.attributes().put("imphash", hash);
      }
    }
  }

  /** Address of a data directory; 0 if there is none. */
  private static long directory(HeaderBytes bytes, int at, long count, int index) {
    return index < count && bytes.has(at + 8 * index, 8) ? bytes.u32le(at + 8 * index) : 0;
  }

  /** Type u32 at 12, size u32 at 16, address u32 at 20, file offset u32 at 24; 28 bytes. */
  private static boolean addDebug(FileDescription file, HeaderBytes bytes, long directory) {
    for (int i = 0; i < MOST_DEBUG_ENTRIES; i++) {
      long at = directory + 28L * i;
      if (at < 0 || at > bytes.size() - 28) {
        return false;
      }
      if (bytes.u32le((int) at + 12) == CODE_VIEW
          && (addPdb(file, bytes, bytes.u32le((int) at + 20))
              || addPdb(file, bytes, bytes.u32le((int) at + 24)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean addPdb(FileDescription file, HeaderBytes bytes, long at) {
    if (at > bytes.size() - 24 || !bytes.startsWith((int) at, RSDS)) {
      return false;
    }
    String path = bytes.printable(at + 24, MOST_PATH);
    if (path == null) {
      return false;
    }
    file.attributes().put("pdb", path);
    file.attributes().put("pdb-id", id(bytes, (int) at + 4));
    return true;
  }

  /** GUID and age, as symbol servers write them. */
  private static String id(HeaderBytes bytes, int at) {
    return "%08X%04X%04X%s%X"
        .formatted(
            bytes.u32le(at),
            bytes.u16le(at + 4),
            bytes.u16le(at + 6),
            HexFormat.of().formatHex(bytes.copy(at + 8, 8)).toUpperCase(Locale.ROOT),
            bytes.u32le(at + 16));
  }
}
