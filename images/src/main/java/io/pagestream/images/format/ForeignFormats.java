package io.pagestream.images.format;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Files that are clearly not raw memory. Without this table they would be read as raw, and every
 * address found in them would be wrong.
 */
public final class ForeignFormats {
  private static final String FORCE = "if it is raw memory all the same, force the format 'raw'";
  private static final String CONVERT = "convert it to raw, LiME, ELF core or kdump first";
  private static final String DECOMPRESS = "decompress it first; zstd, gzip and xz are read as is";

  /** First bytes, in ISO 8859-1, and whose they are. Sources: docs of each format, file(1). */
  private static final List<Foreign> TABLE =
      List.of(
          new Foreign("PAGEDU64", "a 64-bit Windows crash dump", CONVERT, true),
          new Foreign("PAGEDUMP", "a 32-bit Windows crash dump", CONVERT, true),
          new Foreign("MDMP", "a Windows minidump of one program", CONVERT, true),
          new Foreign("ZDMP", "a compressed crash dump of DumpIt", CONVERT, true),
          new Foreign("hibr", "a Windows hibernation file", CONVERT, true),
          new Foreign("HIBR", "a Windows hibernation file", CONVERT, true),
          new Foreign("wake", "a Windows hibernation file that was resumed", CONVERT, true),
          new Foreign("WAKE", "a Windows hibernation file that was resumed", CONVERT, true),
          new Foreign("AVML\2", "an AVML image of version 2", "run 'avml-convert' on it", true),
          new Foreign("\u00d0\u00be\u00d2\u00be", "a VMware state file", CONVERT, true),
          new Foreign("\u00d1\u00ba\u00d1\u00ba", "a VMware state file", CONVERT, true),
          new Foreign("\u00d2\u00be\u00d2\u00be", "a VMware state file", CONVERT, true),
          new Foreign("\u00d3\u00be\u00d3\u00be", "a VMware state file", CONVERT, true),
          new Foreign("QEVM", "a QEMU migration stream", CONVERT, true),
          new Foreign("QFI\u00fb", "a QEMU disk image (qcow2)", CONVERT, true),
          new Foreign("EVF\t\r\n\u00ff\0", "an EWF image (E01)", CONVERT, true),
          new Foreign("EVF2\r\n\u0081", "an EWF image (Ex01)", CONVERT, true),
          new Foreign("HPAK", "an HPAK image of FDPro", CONVERT, true),
          new Foreign("\u007fVirtualBox SavedState", "a VirtualBox state file", CONVERT, true),
          new Foreign("\u00ce\u00fa\u00ed\u00fe", "a Mach-O file", CONVERT, true),
          new Foreign("\u00cf\u00fa\u00ed\u00fe", "a Mach-O file", CONVERT, true),
          new Foreign("\u0014\0\u0082\u0001", "a Hyper-V state file", CONVERT, true),
          new Foreign("BZh", "compressed with bzip2", DECOMPRESS, true),
          new Foreign("\u0004\"M\u0018", "compressed with lz4", DECOMPRESS, true),
          new Foreign("7z\u00bc\u00af'\u001c", "a 7-Zip archive", DECOMPRESS, true),
          new Foreign("Rar!\u001a\u0007", "a RAR archive", DECOMPRESS, true),
          new Foreign("PK\3\4", "a zip archive or AFF4 image", DECOMPRESS, true),
          new Foreign("\u0089PNG\r\n\u001a\n", "a PNG picture", FORCE, false),
          new Foreign("\u00ff\u00d8\u00ff", "a JPEG picture", FORCE, false),
          new Foreign("GIF8", "a GIF picture", FORCE, false),
          new Foreign("%PDF-", "a PDF document", FORCE, false),
          new Foreign("SQLite format 3\0", "an SQLite database", FORCE, false),
          new Foreign("\u00d0\u00cf\u0011\u00e0", "a Microsoft Office document", FORCE, false),
          new Foreign("\u00d4\u00c3\u00b2\u00a1", "a packet capture", FORCE, false),
          new Foreign("\n\r\r\n", "a packet capture (pcapng)", FORCE, false),
          new Foreign("#!/", "a script", FORCE, false),
          new Foreign("!<arch>\n", "an archive of object files or a Debian package", FORCE, false));

  private record Foreign(String magic, String what, String next, boolean memory) {
    boolean begins(MemorySegment header) {
      byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
      return header.byteSize() >= bytes.length
          && header.asSlice(0, bytes.length).mismatch(MemorySegment.ofArray(bytes)) == -1;
    }
  }

  private ForeignFormats() {}

  /**
   * Refuses what is clearly something else.
   *
   * @param header the first page of the file, or all of it
   * @throws PagestreamException FORMAT_UNSUPPORTED for memory in a format that is not read and for
   *     archives; FORMAT_UNKNOWN for what is no memory at all
   */
  public static void refuse(ImageBytes bytes, MemorySegment header) {
    for (Foreign foreign : TABLE) {
      if (foreign.begins(header)) {
        throw refusal(bytes, foreign);
      }
    }
    if (isWindowsProgram(header)) {
      throw refusal(bytes, new Foreign("MZ", "a Windows program", FORCE, false));
    }
    if (isText(bytes, header)) {
      throw refusal(bytes, new Foreign("", "text", FORCE, false));
    }
  }

  private static PagestreamException refusal(ImageBytes bytes, Foreign foreign) {
    ErrorCode code = foreign.memory() ? ErrorCode.FORMAT_UNSUPPORTED : ErrorCode.FORMAT_UNKNOWN;
    String what =
        foreign.memory()
            ? "is %s, which is not read yet".formatted(foreign.what())
            : "is %s, not a memory image".formatted(foreign.what());
    return PagestreamException.inFile(code, bytes.name(), what, foreign.next());
  }

  /** "MZ", and "PE" where the u32 at 0x3c points to (Microsoft PE format). */
  private static boolean isWindowsProgram(MemorySegment header) {
    if (header.byteSize() < 0x40 || LittleEndian.u16(header, 0) != 0x5A4D) {
      return false;
    }
    long pe = LittleEndian.u32(header, 0x3c);
    return pe + 4 <= header.byteSize() && LittleEndian.u32(header, pe) == 0x4550;
  }

  /** Printable throughout its first page, and not a whole number of pages, as memory always is. */
  private static boolean isText(ImageBytes bytes, MemorySegment header) {
    if (bytes.length() % Pages.SIZE == 0) {
      return false;
    }
    for (long i = 0; i < header.byteSize(); i++) {
      int character = header.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      boolean printable = character >= ' ' && character != 0x7f;
      boolean space = character >= '\t' && character <= '\r';
      if (!printable && !space) {
        return false;
      }
    }
    return true;
  }
}
