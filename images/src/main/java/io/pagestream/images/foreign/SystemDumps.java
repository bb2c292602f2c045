package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.ForeignFormat.other;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;

/** Crash dumps, hibernation files and acquisitions, of all systems. */
final class SystemDumps {
  private static final String HIBERNATION =
      "convert it to raw with Hibr2Bin, Hibernation Recon or 'volatility3 layerwriter'";
  private static final String LINUX =
      "convert it to an ELF core or kdump with makedumpfile, or read it with crash";
  private static final String WHOLE = "give a dump of the whole machine's memory";
  private static final String SYSTEM_OWN =
      "convert it to raw or an ELF core with the tools of its system";

  /** {@code 81 81 "xpress"} begins each compressed block of Windows XP to 7. */
  private static final String XPRESS_BLOCK = "\u0081\u0081xpress";

  private static final String KDUMP_TAIL = "\u0001\u0019\u00a8";

  /** Sources: Windows SDK, libhibr, LiME, AVML, crash, makedumpfile sadump_info.c, FreeBSD. */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory("a Windows minidump of a single program", WHOLE, begins("MDMP")),
          memory("a Windows dump of a single program", WHOLE, anyOf("USERDU64", "USERDUMP")),
          memory(
              "a link to a Windows hibernation file, or one for a breakpoint",
              HIBERNATION,
              anyOf("LINK", "BRKP")),
          memory(
              "a Windows hibernation file whose first page was zeroed (xpress blocks follow)",
              HIBERNATION,
              SystemDumps::hasXpressBlocks),
          memory(
              "an AVML image of another version than 2",
              "run 'avml-convert' on it, which writes LiME",
              file -> file.has(0, "AVML") && file.u32(4) <= 16),
          memory(
              "a LiME image of a big-endian machine",
              "convert it to raw; every number of its headers is big-endian",
              begins("LiME\0\0\0")),
          memory(
              "an LKCD dump",
              LINUX,
              anyOf(
                  "\u00ed#\u008fas" + KDUMP_TAIL,
                  "\u00a8\u0019\u0001sa\u008f#\u00ed",
                  // 'mclx': the variant of Mission Critical Linux has the same structure.
                  "\u00eb#\u008fas" + KDUMP_TAIL)),
          memory(
              "an s390 stand-alone dump",
              "convert it to an ELF core with zgetdump of s390-tools",
              anyOf(
                  "\u00a8\u0019\u0001sa\u008f#\u00fd",
                  "\u00a8\u0019\u0001sa\u008f#\u00fe",
                  "\u00fd#\u008fas" + KDUMP_TAIL,
                  "\u00fe#\u008fas" + KDUMP_TAIL)),
          memory("a sadump of Fujitsu firmware", LINUX, begins("sadump\0\0")),
          memory(
              "a FreeBSD minidump", SYSTEM_OWN + ", such as libkvm", begins("minidump FreeBSD/")),
          memory("a minidump of a BSD system", SYSTEM_OWN, begins("minidump ")),
          memory(
              "a FreeBSD kernel dump with its header",
              SYSTEM_OWN + ", such as savecore",
              anyOf("FreeBSD Kernel Dump", "FreeBSD Text Dump", "FreeBSD Encrypted")),
          memory("a Solaris crash dump", SYSTEM_OWN + " (savecore, mdb)", SystemDumps::isSolaris),
          memory(
              "a Linux hibernation image or swap space",
              "a swap space holds pages without their physical addresses; acquire memory itself",
              SystemDumps::isSwap),
          other("a Java heap dump", begins("JAVA PROFILE 1.0")));

  private SystemDumps() {}

  /**
   * The first page is zero, and a block begins at one of the 8-byte boundaries that follow; not at
   * a page, where the format {@code hiberfil} expects the first one.
   */
  private static boolean hasXpressBlocks(Peek file) {
    if (!file.isZero(0, 4096)) {
      return false;
    }
    for (int at = 4096; at + 8 <= file.headLength(); at += 8) {
      if (file.has(at, XPRESS_BLOCK)) {
        return true;
      }
    }
    return false;
  }

  /** 0xdefec8ed in either byte order, then a version (illumos sys/dumphdr.h). */
  private static boolean isSolaris(Peek file) {
    boolean big = file.has(0, "\u00de\u00fe\u00c8\u00ed") && file.isZero(4, 7);
    boolean little = file.has(0, "\u00ed\u00c8\u00fe\u00de") && file.u32(4) < 64;
    return big || little;
  }

  /** The signature is in the last ten bytes of the first page, of any size of pages. */
  private static boolean isSwap(Peek file) {
    for (int page = 4096; page <= 65536; page *= 2) {
      for (String signature :
          List.of("SWAPSPACE2", "SWAP-SPACE", "S1SUSPEND\0", "S2SUSPEND\0", "ULSUSPEND\0")) {
        if (file.has(page - 10, signature)) {
          return true;
        }
      }
    }
    return false;
  }
}
