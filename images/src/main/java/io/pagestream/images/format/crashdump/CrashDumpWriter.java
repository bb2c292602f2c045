package io.pagestream.images.format.crashdump;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.writing.FrameBitmapWriter;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a bitmap dump of a 64-bit system ({@code PAGEDU64}, type 5), in the layout of {@link
 * CrashDumpHeader} and {@link FrameBitmap}. Fields that are not known contain {@code PAGE}, as in
 * the dumps of Windows. A debugger of Windows also needs the addresses of the kernel's lists, which
 * only dumps of Windows have.
 */
public final class CrashDumpWriter implements ImageWriter {
  private static final int HEADER_BYTES = 0x2000;
  private static final int BITMAP_DUMP = 5;
  private static final int MAJOR_FREE_BUILD = 15;
  private static final int AMD64 = 0x8664;
  private static final int ARM64 = 0xaa64;
  private static final int RUNS_OFFSET = 0x88;
  private static final int MOST_RUNS = (700 - 16) / 16;
  private static final int BITMAP_OFFSET = HEADER_BYTES + 0x38;
  private static final Set<String> ARCHITECTURES = Set.of("x86_64", "aarch64", "");

  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "crash-dump",
        "64-bit Windows crash dump with a bitmap of pages (PAGEDU64, type 5)",
        Losses.NONE);
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    String architecture = memory.facts().machine().architecture().orElse("");
    if (!ARCHITECTURES.contains(architecture)) {
      throw PagestreamException.of(
          ErrorCode.FORMAT_UNSUPPORTED,
          "memory of a machine of the type %s cannot be in a 64-bit crash dump"
              .formatted(architecture),
          "choose another format");
    }
    long bits = (memory.frameLimit() + 63) & ~63L;
    long firstPage = Pages.ceil(BITMAP_OFFSET + bits / 8);
    output.append(header(memory));
    output.append(
        ImageOutput.header(BITMAP_OFFSET - HEADER_BYTES)
            .put(ascii("FDMPDUMP"))
            .putLong(0x20, firstPage)
            .putLong(0x28, memory.counts().stored())
            .putLong(0x30, bits)
            .rewind());
    FrameBitmapWriter.write(memory.stored(), bits / 8, BITMAP_OFFSET, output);
    long[] next = {firstPage};
    memory.forEachBlock((physicalAddress, bytes) -> {
      output.write(next[0], bytes);
      next[0] += bytes.byteSize();
    });
  }

  private static ByteBuffer header(StoredMemory memory) {
    MachineFacts machine = memory.facts().machine();
    ByteBuffer header = ImageOutput.header(HEADER_BYTES);
    while (header.hasRemaining()) {
      header.putInt(CrashDumpHeader.UNUSED);
    }
    boolean arm = machine.architecture().equals(Optional.of("aarch64"));
    header
        .put(0, ascii("PAGEDU64"))
        .putInt(0x08, MAJOR_FREE_BUILD)
        .putLong(0x10, root(machine))
        .putInt(0x30, arm ? ARM64 : AMD64)
        .putInt(0x34, Math.max(1, machine.processors().size()))
        .putInt(0xf98, BITMAP_DUMP)
        .putLong(0xfa0, HEADER_BYTES + Pages.address(memory.counts().stored()));
    runs(memory.describedRanges(), header);
    return header.rewind();
  }

  private static long root(MachineFacts machine) {
    return machine
        .pageTable()
        .orElseGet(() ->
            machine.processors().stream()
                .mapToLong(ProcessorState::cr3)
                .map(Pages::floor)
                .findFirst()
                .orElse(0));
  }

  /** The machine's memory; left out if it is in more runs than the header can describe. */
  private static void runs(Intervals memory, ByteBuffer header) {
    if (memory.size() > MOST_RUNS) {
      return;
    }
    header.putInt(RUNS_OFFSET, memory.size());
    header.putInt(RUNS_OFFSET + 4, 0);
    header.putLong(RUNS_OFFSET + 8, Pages.frameNumber(memory.length()));
    for (int i = 0; i < memory.size(); i++) {
      int at = RUNS_OFFSET + 16 + 16 * i;
      header.putLong(at, Pages.frameNumber(memory.start(i)));
      header.putLong(at + 8, Pages.frameNumber(memory.end(i) - memory.start(i)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
