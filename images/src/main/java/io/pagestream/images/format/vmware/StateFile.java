package io.pagestream.images.format.vmware;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A state file: u32 magic, u32, u32 number of groups, and for each group 80 bytes: its name (64
 * bytes), the u64 offset of its tags and their u64 length.
 */
final class StateFile {
  static final int HEADER_BYTES = 12;

  private static final int GROUP_BYTES = 80;
  private static final int NAME_BYTES = 64;

  /** Real files have about a hundred groups. */
  private static final int MOST_GROUPS = 4096;

  /**
   * Suspended or snapshot (2), partial (3), restored (BAD1), not to be restored (BAD2), and the old
   * version 0, whose lengths are u32.
   */
  private static final Set<Integer> MAGICS =
      Set.of(0xbed2bed0, 0xbed0bed0, 0xbed2bed2, 0xbed3bed3, 0xbad1bad1, 0xbad2bad2);

  private final ImageBytes bytes;
  private final boolean wide;
  private final long groupCount;

  private StateFile(ImageBytes bytes, boolean wide, long groupCount) {
    this.bytes = bytes;
    this.wide = wide;
    this.groupCount = groupCount;
  }

  /** Whether a file begins as a state file does. */
  static boolean recognises(MemorySegment header) {
    return header.byteSize() >= 4 && MAGICS.contains(LittleEndian.i32(header, 0));
  }

  /** Reads the header; empty if it is incomplete or another's. */
  static Optional<StateFile> of(ImageBytes bytes) {
    MemorySegment header = MemorySegment.ofArray(new byte[HEADER_BYTES]);
    if (bytes.read(0, header) != HEADER_BYTES || !recognises(header)) {
      return Optional.empty();
    }
    boolean wide = (LittleEndian.i32(header, 0) & 0xf) != 0;
    return Optional.of(new StateFile(bytes, wide, LittleEndian.u32(header, 8)));
  }

  /** The tags of the first group with a name; empty if there is none. */
  Optional<StateTags> group(String name) {
    MemorySegment group = MemorySegment.ofArray(new byte[GROUP_BYTES]);
    for (int i = 0; i < Math.min(groupCount, MOST_GROUPS); i++) {
      if (bytes.read(HEADER_BYTES + (long) i * GROUP_BYTES, group) != GROUP_BYTES) {
        return Optional.empty();
      }
      if (name(group).equals(name)) {
        long offset = LittleEndian.i64(group, NAME_BYTES);
        return bytes.contains(offset, 2)
            ? Optional.of(new StateTags(bytes, offset, wide))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Numbers without index of a group, as far as they are in {@code wanted}. */
  Map<String, Long> numbers(String group, Set<String> wanted) {
    Map<String, Long> found = new HashMap<>();
    Optional<StateTags> tags = group(group);
    while (tags.isPresent() && found.size() < wanted.size()) {
      Optional<StateTag> tag = tags.get().next();
      if (tag.isEmpty()) {
        break;
      }
      StateTag one = tag.get();
      if (wanted.contains(one.name()) && one.isNumber(one.name(), 0)) {
        found.putIfAbsent(one.name(), one.number());
      }
    }
    return found;
  }

  /** A number of the group {@code Checkpoint}. */
  OptionalLong checkpoint(String name) {
    Long value = numbers("Checkpoint", Set.of(name)).get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static String name(MemorySegment group) {
    byte[] name = group.asSlice(0, NAME_BYTES).toArray(ValueLayout.JAVA_BYTE);
    int end = 0;
    while (end < NAME_BYTES && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.ISO_8859_1);
  }
}
