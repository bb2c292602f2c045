package io.pagestream.images.format.qcow2;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.qemu.QemuFormat;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Disk images of QEMU with the machine's memory in an internal snapshot: {@code savevm}, {@code
 * virsh snapshot-create}. The newest snapshot with memory is read.
 */
public final class QcowFormat implements ImageFormat {
  private static final QemuFormat STREAM = new QemuFormat();

  @Override
  public String name() {
    return "qcow2";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "qcow2 with `savevm`", "the newest snapshot that holds memory; read in place");
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= Integer.BYTES && BigEndian.i32(header, 0) == QcowHeader.MAGIC;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    QcowHeader header = QcowHeader.read(bytes);
    List<Snapshot> withMemory =
        Snapshot.read(bytes, header).stream().filter(one -> one.stateBytes() != 0).toList();
    if (withMemory.isEmpty()) {
      throw QcowHeader.withoutMemory(bytes);
    }
    Snapshot newest = withMemory.getFirst();
    for (Snapshot snapshot : withMemory) {
      newest = snapshot.time().isBefore(newest.time()) ? newest : snapshot;
    }
    requirePlausible(bytes, header, newest);
    List<String> warnings = new ArrayList<>();
    if (withMemory.size() > 1) {
      warnings.add(others(withMemory, newest));
    }
    QcowState state = new QcowState(bytes, header, newest);
    if (!STREAM.recognises(state.require(0, Integer.BYTES, "the saved state"))) {
      throw bytes.corrupt(
          0, "the state of the snapshot '%s' is not a migration stream".formatted(newest.name()));
    }
    return STREAM.open(
        input.of(state).inside(name()),
        Map.of("snapshot", newest.name(), "snapshot.time", newest.time().toString()),
        warnings);
  }

  private static String others(List<Snapshot> snapshots, Snapshot newest) {
    return "the newest snapshot with memory, '%s' (%s), is read; others are not: %s"
        .formatted(
            newest.name(),
            newest.time(),
            snapshots.stream()
                .filter(one -> !one.equals(newest))
                .sorted(Comparator.comparing(Snapshot::time))
                .map(one -> "'%s' (%s)".formatted(one.name(), one.time()))
                .collect(Collectors.joining(", ")));
  }

  /** QEMU allocates the whole state; clusters of zeros are rare, as zero pages are not stored. */
  private static void requirePlausible(ImageBytes bytes, QcowHeader header, Snapshot snapshot) {
    long size = snapshot.stateBytes();
    boolean placed =
        snapshot.diskBytes() >= 0
            && snapshot.diskBytes() <= Long.MAX_VALUE / 4
            && snapshot.tableOffset() >= 0
            && snapshot.tableEntries() <= (Long.MAX_VALUE >>> header.tableBits());
    if (!placed || size < 0 || size / 2 > bytes.length()) {
      throw PagestreamException.at(
          ErrorCode.IMAGE_IMPLAUSIBLE,
          bytes.name(),
          header.snapshotsOffset(),
          "the snapshot '%s' claims %,d bytes of state in a file of %,d bytes"
              .formatted(snapshot.name(), size, bytes.length()),
          "the header is damaged; copy the file again");
    }
  }
}
