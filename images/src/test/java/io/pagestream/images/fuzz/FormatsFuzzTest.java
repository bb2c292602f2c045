package io.pagestream.images.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pagestream.images.HostileInput;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.aff4.Aff4Format;
import io.pagestream.images.format.avml.AvmlFormat;
import io.pagestream.images.format.crashdump.CrashDumpFormat;
import io.pagestream.images.format.elf.ElfFormat;
import io.pagestream.images.format.ewf.EwfFormat;
import io.pagestream.images.format.hiberfil.HiberfilFormat;
import io.pagestream.images.format.hpak.HpakFormat;
import io.pagestream.images.format.kdump.KdumpFormat;
import io.pagestream.images.format.lime.LimeFormat;
import io.pagestream.images.format.macho.MachoFormat;
import io.pagestream.images.format.qcow2.QcowFormat;
import io.pagestream.images.format.qemu.QemuFormat;
import io.pagestream.images.format.raw.RawFormat;
import io.pagestream.images.format.vmware.VmwareFormat;
import io.pagestream.images.format.zdmp.ZdmpFormat;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A target for each image format: a file of any bytes is refused with a clear error, or opened and
 * read, in memory that has nothing to do with what the file claims. {@code benchmarks/fuzz} starts
 * from the golden images.
 */
class FormatsFuzzTest {
  /** Everything that opening and reading allocates, garbage included. */
  private static final long MOST_BYTES = 64L << 20;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @FuzzTest
  void lime(byte[] file) {
    open(new LimeFormat(), file);
  }

  @FuzzTest
  void elf(byte[] file) {
    open(new ElfFormat(), file);
  }

  @FuzzTest
  void kdump(byte[] file) {
    open(new KdumpFormat(), file);
  }

  @FuzzTest
  void crashDump(byte[] file) {
    open(new CrashDumpFormat(), file);
  }

  @FuzzTest
  void avml(byte[] file) {
    open(new AvmlFormat(), file);
  }

  @FuzzTest
  void vmware(byte[] file) {
    open(new VmwareFormat(), file);
  }

  @FuzzTest
  void hiberfil(byte[] file) {
    open(new HiberfilFormat(), file);
  }

  @FuzzTest
  void zdmp(byte[] file) {
    open(new ZdmpFormat(), file);
  }

  @FuzzTest
  void macho(byte[] file) {
    open(new MachoFormat(), file);
  }

  @FuzzTest
  void hpak(byte[] file) {
    open(new HpakFormat(), file);
  }

  @FuzzTest
  void qemu(byte[] file) {
    open(new QemuFormat(), file);
  }

  @FuzzTest
  void qcow2(byte[] file) {
    open(new QcowFormat(), file);
  }

  @FuzzTest
  void ewf(byte[] file) {
    open(new EwfFormat(bytes -> new RawFormat()), file);
  }

  @FuzzTest
  void aff4(byte[] file) {
    open(new Aff4Format(), file);
  }

  private static void open(ImageFormat format, byte[] file) {
    long most = MOST_BYTES + 16L * file.length;
    // Again if it was too much: loading and instrumenting classes allocates on this thread too.
    if (allocated(format, file) > most) {
      long again = allocated(format, file);
      if (again > most) {
        throw new AssertionError("allocated %,d bytes".formatted(again));
      }
    }
  }

  private static long allocated(ImageFormat format, byte[] file) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      HostileInput.open(format, List.of(file));
    } catch (PagestreamException e) {
      if (!String.valueOf(e.getMessage()).matches("PS-[12]\\d\\d .{20,}")) {
        throw new AssertionError("not a clear error", e);
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
