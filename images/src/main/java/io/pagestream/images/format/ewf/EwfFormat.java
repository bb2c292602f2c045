package io.pagestream.images.format.ewf;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.ImagePart;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * EWF (E01 and SMART), in one file or several. The image in it is read by its own format: raw
 * memory, or any other.
 */
public final class EwfFormat implements ImageFormat {
  private static final int SECTOR = 512;

  private final Function<ImageBytes, ImageFormat> formats;

  /**
   * The format.
   *
   * @param formats determines the format of the image in a set
   */
  public EwfFormat(Function<ImageBytes, ImageFormat> formats) {
    this.formats = formats;
  }

  @Override
  public String name() {
    return "ewf";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "EWF (EnCase E01, SMART s01)",
        "an image of memory in any format; one file or all files of a set; each chunk's checksum is verified");
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return EwfSegmentFile.recognises(header);
  }

  @Override
  public boolean mayBeSplit() {
    return true;
  }

  @Override
  public Optional<ImagePart> part(ImageBytes beginning) {
    MemorySegment header = MemorySegment.ofArray(new byte[EwfSegmentFile.HEADER]);
    if (beginning.read(0, header) != header.byteSize() || !recognises(header)) {
      return Optional.empty();
    }
    long number = LittleEndian.u16(header, 9);
    long at = EwfSegmentFile.HEADER;
    for (Optional<EwfSection> section = EwfSection.at(beginning, at);
        section.isPresent();
        section = EwfSection.at(beginning, at)) {
      if (EwfVolume.mayBe(section.get())) {
        return EwfVolume.read(beginning, section.get())
            .map(
                volume -> new ImagePart(volume.set(), number - 1, number, ImagePart.UNKNOWN_LIMIT));
      }
      if (section.get().next() <= at) {
        break;
      }
      at = section.get().next();
    }
    return Optional.empty();
  }

  @Override
  public MemoryImage open(ImageInput input) {
    TreeMap<Integer, EwfSegmentFile> files = new TreeMap<>();
    for (ImageBytes part : input.parts()) {
      EwfSegmentFile file = EwfSegmentFile.read(part);
      if (files.put(file.number(), file) != null) {
        throw part.corrupt(
            9, "a second file with number %d of an EWF set".formatted(file.number()));
      }
    }
    List<EwfSegmentFile> sorted = List.copyOf(files.values());
    EwfVolume volume =
        sorted.stream()
            .flatMap(file -> file.volume().stream())
            .findFirst()
            .orElseThrow(() ->
                sorted
                    .getFirst()
                    .bytes()
                    .corrupt(
                        EwfSegmentFile.HEADER,
                        "no intact description of the medium (volume section)"));
    input
        .limits()
        .check(
            sorted.getFirst().bytes().name(),
            0,
            sorted.stream().mapToLong(file -> file.bytes().storedLength()).sum(),
            volume.mediaBytes(),
            "the EWF image");
    EwfChunks chunks = new EwfChunks(volume, sorted);
    List<DoubtfulBytes> doubts = new ArrayList<>(chunks.doubts());
    sorted.forEach(file -> addDoubts(file, doubts));
    EwfBytes bytes =
        new EwfBytes(
            sorted.stream()
                .sorted(Comparator.comparingInt(EwfSegmentFile::number))
                .map(EwfSegmentFile::bytes)
                .toList(),
            volume,
            chunks,
            doubts);
    return formats.apply(bytes).open(input.of(bytes).inside(name()));
  }

  private static void addDoubts(EwfSegmentFile file, List<DoubtfulBytes> doubts) {
    doubts.addAll(file.doubts());
    for (DoubtfulBytes doubt : file.bytes().doubts()) {
      doubts.add(new DoubtfulBytes(doubt.reason(), 0, 0, doubt.message()));
    }
    for (long[] bad : file.badSectors()) {
      doubts.add(
          new DoubtfulBytes(
              DoubtReason.UNREADABLE,
              bad[0] * SECTOR,
              bad[1] * SECTOR,
              "%s: the acquisition could not read %,d sectors from %,d on"
                  .formatted(file.bytes().name(), bad[1], bad[0])));
    }
  }
}
