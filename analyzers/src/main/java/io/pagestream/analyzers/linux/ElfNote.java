package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A note of an ELF file or core dump (ELF gABI, "Note Section"): length of the owner at 0, length
 * of the description at 4, type at 8, owner, description; the latter two are padded to 4 bytes.
 * Known notes: GNU build id and ABI tag, Go build id, package metadata (systemd, "Package Metadata
 * for Executable Files"), and of x86-64 core dumps the states of threads and of the process.
 */
final class ElfNote {
  static final String KIND = "elf-note";

  private static final int OWNER = 12;

  static final List<RecordFormat> FORMATS =
      List.of(
          RecordFormat.withAnchorAt(
              8,
              "(?:[\\x01\\x03]\\x00\\x00\\x00(?:GNU|COR)|\\x7e\\x1a\\xfe\\xcaFDO)",
              7,
              ElfNote::describe),
          RecordFormat.withAnchorAt(8, "\\x04\\x00\\x00\\x00Go", 6, ElfNote::describe));

  private static final int ABI_TAG_BYTES = 16;
  private static final int SHORTEST_BUILD_ID = 8;
  private static final int LONGEST_BUILD_ID = 64;
  private static final int LONGEST_TEXT = 1024;

  /** struct elf_prstatus of x86-64: the thread id is at 32. */
  private static final int PRSTATUS_BYTES = 336;

  /** struct elf_prpsinfo of x86-64: process id 24, name (16 bytes) 40, arguments (80 bytes) 56. */
  private static final int PRPSINFO_BYTES = 136;

  private static final String[] SYSTEMS = {"Linux", "GNU", "Solaris", "FreeBSD"};

  private ElfNote() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, 24)) {
      return null;
    }
    long ownerBytes = bytes.u32(0);
    long size = bytes.u32(4);
    if (size == 0 || size > LONGEST_TEXT) {
      return null;
    }
    int type = bytes.s32(8);
    int length = (int) size;
    if (isOwner(bytes, "GNU", ownerBytes) && bytes.has(16, length)) {
      return type == 1 ? abiTag(bytes, length) : buildId(bytes, length);
    }
    if (isOwner(bytes, "CORE", ownerBytes) && bytes.has(20, length)) {
      return type == 1 ? thread(bytes, length) : process(bytes, length);
    }
    if (ownerBytes == 4 && bytes.hasText(OWNER, "Go\0\0") && bytes.has(16, length)) {
      return text(bytes, "Go", "build-id", length);
    }
    if (isOwner(bytes, "FDO", ownerBytes) && bytes.has(16, length)) {
      return text(bytes, "FDO", "package", length);
    }
    return null;
  }

  private static boolean isOwner(RecordBytes bytes, String owner, long length) {
    return length == owner.length() + 1 && bytes.hasText(OWNER, owner + "\0");
  }

  private static @Nullable Artifact abiTag(RecordBytes bytes, int length) {
    if (length != ABI_TAG_BYTES || bytes.u32(16) >= SYSTEMS.length || bytes.u32(20) > 255) {
      return null;
    }
    String system = SYSTEMS[bytes.s32(16)];
    String version = "%d.%d.%d".formatted(bytes.u32(20), bytes.u32(24), bytes.u32(28));
    return note(
        "GNU", "abi-tag", 32, system + " " + version, Map.of("system", system, "version", version));
  }

  private static @Nullable Artifact buildId(RecordBytes bytes, int length) {
    if (length < SHORTEST_BUILD_ID || length > LONGEST_BUILD_ID || bytes.isZero(16, length)) {
      return null;
    }
    byte[] id = new byte[length];
    for (int i = 0; i < length; i++) {
      id[i] = (byte) bytes.u8(16 + i);
    }
    return note("GNU", "build-id", 16 + length, HexFormat.of().formatHex(id), Map.of());
  }

  private static @Nullable Artifact thread(RecordBytes bytes, int length) {
    long id = length == PRSTATUS_BYTES ? bytes.u32(20 + 32) : -1;
    return id < 0 || id > 1 << 22
        ? null
        : note("CORE", "thread", 20 + length, "thread " + id, Map.of("thread-id", "" + id));
  }

  private static @Nullable Artifact process(RecordBytes bytes, int length) {
    if (length != PRPSINFO_BYTES) {
      return null;
    }
    int name = bytes.textLength(20 + 40, 16);
    int arguments = bytes.textLength(20 + 56, 80);
    if (name <= 0 || arguments < 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("process-id", Long.toString(bytes.u32(20 + 24)));
    attributes.put("arguments", bytes.utf8(20 + 56, arguments).strip());
    return note("CORE", "process", 20 + length, bytes.utf8(20 + 40, name), attributes);
  }

  private static @Nullable Artifact text(RecordBytes bytes, String owner, String type, int length) {
    int chars = length;
    while (chars > 0 && bytes.u8(16 + chars - 1) == 0) {
      chars--;
    }
    for (int i = 0; i < chars; i++) {
      int next = bytes.u8(16 + i);
      if (next < ' ' || next > '~') {
        return null;
      }
    }
    return chars < 4 ? null : note(owner, type, 16 + length, bytes.latin1(16, chars), Map.of());
  }

  private static Artifact note(
      String owner, String type, int length, String value, Map<String, String> more) {
    Map<String, String> attributes = new TreeMap<>(more);
    attributes.put("owner", owner);
    attributes.put("type", type);
    return Artifact.binary(KIND, length, value, attributes);
  }
}
