package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.ForeignFormat.other;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.at;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;

/** Archives, in which a memory image may be a member. */
final class Archives {
  private static final String EXTRACT = "extract the memory image from it first";

  private static final int TAR_HEADER = 512;

  /** Sources: POSIX pax and cpio, APPNOTE.TXT, 7zFormat.txt, file(1) for the rest. */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory(
              "a tar archive (memory begins after its first header)",
              EXTRACT + " with 'tar -x'",
              Archives::isTar),
          memory(
              "a zip archive or AFF4 image",
              EXTRACT + " with 'unzip'; convert an AFF4 image with 'volatility3 layerwriter'",
              anyOf("PK\3\4", "PK\5\6", "PK\7\10")),
          memory("a 7-Zip archive", EXTRACT + " with '7z x'", begins("7z\u00bc\u00af'\u001c")),
          memory("a RAR archive", EXTRACT + " with 'unrar x'", begins("Rar!\u001a\u0007")),
          memory("an old RAR archive", EXTRACT + " with 'unrar x'", begins("RE~^")),
          memory(
              "a cpio archive",
              EXTRACT + " with 'cpio -i'",
              anyOf("070701", "070702", "070707").or(Archives::isBinaryCpio)),
          memory("a cabinet (.cab)", EXTRACT + " with 'cabextract'", begins("MSCF\0\0\0\0")),
          memory("a cabinet of InstallShield (.cab)", EXTRACT, begins("ISc(")),
          memory("a xar archive", EXTRACT + " with 'xar -x'", begins("xar!")),
          memory("an ARJ archive", EXTRACT + " with '7z x'", Archives::isArj),
          memory("an LHA archive", EXTRACT + " with '7z x'", Archives::isLha),
          memory("an ACE archive", EXTRACT, at(7, "**ACE**")),
          memory("a ZOO archive", EXTRACT, begins("ZOO ").and(at(20, "\u00dc\u00a7\u00c4\u00fd"))),
          memory("an ALZ archive", EXTRACT, begins("ALZ\1\n\0\0\0")),
          memory("an EGG archive", EXTRACT, begins("EGGA")),
          memory("a zpaq archive", EXTRACT, anyOf("7kSt", "zPQ\1", "zPQ\2")),
          other("an archive of object files or a Debian package", anyOf("!<arch>\n", "!<thin>\n")),
          other("an RPM package", begins("\u00ed\u00ab\u00ee\u00db")));

  private Archives() {}

  /** "ustar" at 257, or, as in the oldest form, a correct checksum. */
  private static boolean isTar(Peek file) {
    return file.has(257, "ustar\0") || file.has(257, "ustar ") || hasTarChecksum(file);
  }

  /** Octal digits at 148: the sum of the header's bytes, with blanks in the place of the sum. */
  private static boolean hasTarChecksum(Peek file) {
    int at = 148;
    while (at < 156 && file.u8(at) == ' ') {
      at++;
    }
    int claimed = 0;
    int digits = 0;
    for (; at < 156 && file.u8(at) >= '0' && file.u8(at) <= '7'; at++, digits++) {
      claimed = claimed * 8 + file.u8(at) - '0';
    }
    if (digits < 3 || file.u8(0) == 0) {
      return false;
    }
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < TAR_HEADER; i++) {
      int value = i >= 148 && i < 156 ? ' ' : file.u8(i);
      unsigned += value;
      signed += (byte) value;
    }
    return claimed == unsigned || claimed == signed;
  }

  /** 0o070707 as a number of 16 bits in either byte order, with a name of plausible length. */
  private static boolean isBinaryCpio(Peek file) {
    boolean little = file.u16(0) == 0x71c7;
    boolean big = file.u16(0) == 0xc771;
    int name = little ? file.u16(20) : (file.u8(20) << 8) | file.u8(21);
    if ((!little && !big) || name < 2 || name > 1024 || file.u8(26 + name - 1) != 0) {
      return false;
    }
    for (int i = 26; i < 26 + name - 1; i++) {
      if (file.u8(i) < ' ') {
        return false;
      }
    }
    return true;
  }

  /** 60 EA, the size of the header, sizes and versions in it, a file type of 2 (main header). */
  private static boolean isArj(Peek file) {
    return file.u16(0) == 0xea60
        && file.u16(2) >= 30
        && file.u16(2) <= 2600
        && file.u8(4) >= 30
        && file.u8(4) <= 64
        && file.u8(5) <= 12
        && file.u8(10) == 2;
  }

  /** "-lh5-" or similar at 2, then a level of at most 3 at 20. */
  private static boolean isLha(Peek file) {
    return (file.has(2, "-lh") || file.has(2, "-lz")) && file.u8(6) == '-' && file.u8(20) <= 3;
  }
}
