package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.other;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.at;
import static io.pagestream.images.foreign.Signature.begins;

import io.pagestream.schemas.page.Pages;
import java.util.List;

/** Files that can be mistaken for memory images. */
final class OtherFiles {
  /** Sources: libevtx, libregf, libesedb, libscca, pcap and pcapng drafts, file(1) for the rest. */
  static final List<ForeignFormat> TABLE =
      List.of(
          other("a Windows event log (EVTX)", begins("ElfFile\0")),
          other("a Windows event log (EVT)", begins("0\0\0\0LfLe")),
          other("a Windows registry hive", begins("regf")),
          other("a Windows registry log", begins("HvLE")),
          other("a Windows prefetch file", begins("MAM\4").or(at(4, "SCCA"))),
          other("a Windows shortcut", begins("L\0\0\0\1\u0014\2\0")),
          other("an ESE database", at(4, "\u00ef\u00cd\u00ab\u0089")),
          other(
              "a packet capture (pcap)",
              anyOf(
                  "\u00d4\u00c3\u00b2\u00a1",
                  "\u00a1\u00b2\u00c3\u00d4",
                  "M<\u00b2\u00a1",
                  "\u00a1\u00b2<M",
                  "4\u00cd\u00b2\u00a1",
                  "\u00a1\u00b2\u00cd4")),
          other("a packet capture (pcapng)", begins("\n\r\r\n")),
          other("a packet capture (snoop)", begins("snoop\0\0\0")),
          other("a systemd journal", begins("LPKSHHRH")),
          other("an SQLite database", begins("SQLite format 3\0")),
          other(
              "an SQLite journal",
              anyOf("7\u007f\6\u0082", "7\u007f\6\u0083", "\u00d9\u00d5\5\u00f9 \u00a1c\u00d7")),
          other("a PNG picture", begins("\u0089PNG\r\n\u001a\n")),
          other("a JPEG picture", OtherFiles::isJpeg),
          other("a GIF picture", anyOf("GIF87a", "GIF89a")),
          other("a TIFF picture", anyOf("II*\0\10\0\0\0", "MM\0*\0\0\0\10")),
          other("a PDF document", begins("%PDF-")),
          other("a PostScript document", begins("%!PS-")),
          other(
              "a Microsoft Office document or installer",
              begins("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1")),
          other("an RTF document", begins("{\\rtf")),
          other(
              "an audio or video file (RIFF)",
              begins("RIFF").and(at(8, "AVI ").or(at(8, "WAVE")).or(at(8, "WEBP")))),
          other("an audio or video file (Ogg)", begins("OggS\0")),
          other("an audio file (FLAC)", begins("fLaC\0\0\0")),
          other("a video file (MP4)", at(4, "ftyp").and(file -> file.isZero(0, 3))),
          other("a video file (Matroska)", begins("\u001aE\u00df\u00a3")),
          other("a program database (PDB)", begins("Microsoft C/C++ MSF 7.00")),
          other("a git pack", begins("PACK\0\0\0\2")),
          other("a Java class or universal Mach-O file", begins("\u00ca\u00fe\u00ba\u00be\0\0")),
          other("a WebAssembly module", begins("\0asm\1\0\0\0")),
          other("an Android program (DEX)", begins("dex\n0")),
          other("a script", begins("#!/").and(OtherFiles::isFirstLineText)),
          other("a Windows program", OtherFiles::isWindowsProgram),
          other("text", OtherFiles::isText));

  private OtherFiles() {}

  /** FF D8 FF, and a segment with which pictures begin (APPn, DQT, COM). */
  private static boolean isJpeg(Peek file) {
    int marker = file.u8(3);
    return file.has(0, "\u00ff\u00d8\u00ff")
        && ((marker >= 0xe0 && marker <= 0xef) || marker == 0xdb || marker == 0xfe);
  }

  /** "MZ", and "PE" at the offset given by the u32 at 0x3c (Microsoft PE format). */
  private static boolean isWindowsProgram(Peek file) {
    long pe = file.u32(0x3c);
    return file.u16(0) == 0x5A4D && pe < Pages.SIZE && file.u32((int) pe) == 0x4550;
  }

  private static boolean isFirstLineText(Peek file) {
    for (int i = 0; i < 256; i++) {
      int character = file.u8(i);
      if (character == '\n') {
        return true;
      }
      if (!isText(character)) {
        return false;
      }
    }
    return false;
  }

  /** Printable throughout its first page, and not a whole number of pages, as memory always is. */
  private static boolean isText(Peek file) {
    if (file.length() % Pages.SIZE == 0) {
      return false;
    }
    int end = Math.min(Pages.SIZE, file.headLength());
    for (int i = 0; i < end; i++) {
      if (!isText(file.u8(i))) {
        return false;
      }
    }
    return end > 0;
  }

  private static boolean isText(int character) {
    return (character >= ' ' && character != 0x7f) || (character >= '\t' && character <= '\r');
  }
}
