package io.pagestream.images.format.zdmp;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.crashdump.CrashDumpFormat;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Crash dumps that DumpIt compressed: blocks of LZNT1, each with a checksum, around a crash dump.
 * They are read in place, without a temporary file.
 */
public final class ZdmpFormat implements ImageFormat {
  private final ImageFormat crashDump = new CrashDumpFormat();

  @Override
  public String name() {
    return "zdmp";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "Crash dump compressed by DumpIt",
        "LZNT1; read in place, each block's checksum is verified",
        Peer.VOLATILITY);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return ZdmpHeader.recognises(header);
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes file = input.bytes();
    ZdmpHeader header = ZdmpHeader.read(file);
    input
        .limits()
        .check(file.name(), 8, file.storedLength(), header.contentBytes(), "the compressed dump");
    List<String> wrapping = new ArrayList<>(input.wrapping());
    wrapping.add(name());
    return crashDump.open(
        new ImageInput(
            List.of(new ZdmpBytes(file, header)),
            input.file(),
            wrapping,
            input.rangesFile(),
            input.inputDoubts(),
            input.limits()));
  }
}
