package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.records.RecordBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The location of a shell link's target (MS-SHLLINK, section 2.3, LinkInfo): size at 0, size of the
 * header at 4, flags at 8, offsets of the volume 12, the local path 16, the network share 20, and
 * the rest of the path 24; from a header of 36 bytes on, UTF-16 paths at 28 and 32.
 */
final class LinkLocation {
  private static final int UNICODE_HEADER = 36;
  private static final int LOCAL = 1;
  private static final int NETWORK = 2;
  private static final int LONGEST_TEXT = 520;
  private static final String[] DRIVES = {
    "unknown", "no-root", "removable", "fixed", "remote", "cd-rom", "ram-disk"
  };

  private LinkLocation() {}

  /** Adds the target and its volume or share; {@code start} has 28 visible bytes. */
  static void describe(RecordBytes bytes, int start, Map<String, String> attributes) {
    long size = bytes.u32(start);
    long flags = bytes.u32(start + 8);
    if (size < 28 || size > ShellLink.MAX_BYTES || bytes.u32(start + 4) > size) {
      return;
    }
    boolean unicode = bytes.u32(start + 4) >= UNICODE_HEADER && bytes.has(start, UNICODE_HEADER);
    String rest = unicode ? wide(bytes, start, 32) : null;
    if (rest == null) {
      rest = narrow(bytes, start, start + 24);
    }
    String base = null;
    if ((flags & LOCAL) != 0) {
      base = unicode ? wide(bytes, start, 28) : null;
      if (base == null) {
        base = narrow(bytes, start, start + 16);
      }
      volume(bytes, start, attributes);
    } else if ((flags & NETWORK) != 0) {
      base = share(bytes, start);
      if (base != null) {
        attributes.put("share", base);
        base += "\\";
      }
    }
    if (base != null) {
      String target = rest == null ? base : base + rest;
      if (!target.isEmpty()) {
        attributes.put("target", target);
      }
    }
  }

  private static void volume(RecordBytes bytes, int start, Map<String, String> attributes) {
    int volume = offset(bytes, start, start + 12);
    if (volume < 0 || !bytes.has(volume, 16)) {
      return;
    }
    long type = bytes.u32(volume + 4);
    if (type < DRIVES.length) {
      attributes.put("drive-type", DRIVES[(int) type]);
    }
    attributes.put("volume-serial", "%08X".formatted(bytes.u32(volume + 8)));
    long label = bytes.u32(volume + 12);
    int length = label == 16 ? bytes.textLength(volume + 16, 64) : 0;
    if (length > 0) {
      attributes.put("volume-label", bytes.latin1(volume + 16, length));
    }
  }

  /** CommonNetworkRelativeLink: the offset of the share's name is at 8. */
  private static @Nullable String share(RecordBytes bytes, int start) {
    int network = offset(bytes, start, start + 20);
    return network < 0 || !bytes.has(network, 20) ? null : narrow(bytes, network, network + 8);
  }

  private static int offset(RecordBytes bytes, int start, int field) {
    long offset = bytes.u32(field);
    return offset == 0 || offset > ShellLink.MAX_BYTES ? -1 : start + (int) offset;
  }

  private static @Nullable String narrow(RecordBytes bytes, int start, int field) {
    int offset = offset(bytes, start, field);
    int length = offset < 0 ? -1 : bytes.textLength(offset, LONGEST_TEXT);
    return length < 0 ? null : bytes.latin1(offset, length);
  }

  private static @Nullable String wide(RecordBytes bytes, int start, int field) {
    int offset = offset(bytes, start, start + field);
    if (offset < 0 || !bytes.has(offset, 2)) {
      return null;
    }
    int chars = bytes.utf16Length(offset, LONGEST_TEXT);
    return bytes.isUtf16Text(offset, chars) ? bytes.utf16(offset, chars) : null;
  }
}
