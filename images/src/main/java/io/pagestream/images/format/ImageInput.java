package io.pagestream.images.format;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.rangesource.RangesJson;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.avro.Doubt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input of a format.
 *
 * @param parts the decompressed files; one, unless {@link ImageFormat#mayBeSplit()}
 * @param file the first file as named by the user; sidecars are searched next to it
 * @param wrapping compression and containers of the files, outermost first
 * @param rangesFile the sidecar in our JSON format, given or found
 * @param inputDoubts doubts that do not depend on the format: sidecars that could not be used
 * @param limits limits on what headers may claim
 */
public record ImageInput(
    List<ImageBytes> parts,
    Path file,
    List<String> wrapping,
    Optional<Path> rangesFile,
    List<Doubt> inputDoubts,
    ReadLimits limits) {
  /** Copies the lists. */
  public ImageInput {
    parts = List.copyOf(parts);
    wrapping = List.copyOf(wrapping);
    inputDoubts = List.copyOf(inputDoubts);
  }

  /** The only file of the image. */
  public ImageBytes bytes() {
    return parts.getFirst();
  }

  /** The same with other bytes, for example the decompressed content of the file. */
  public ImageInput of(ImageBytes content) {
    return new ImageInput(List.of(content), file, wrapping, rangesFile, inputDoubts, limits);
  }

  /** The same with an additional container, the innermost. */
  public ImageInput inside(String container) {
    List<String> all = new ArrayList<>(wrapping);
    all.add(container);
    return new ImageInput(parts, file, all, rangesFile, inputDoubts, limits);
  }

  /** Facts with this input's wrapping and doubts. */
  public ImageFacts facts(
      String format,
      MachineFacts machine,
      Map<String, String> container,
      List<String> formatWarnings,
      List<Doubt> doubts) {
    List<String> all = new ArrayList<>();
    boolean withOffsets =
        !format.equals("raw")
            && rangesFile.stream()
                .flatMap(path -> RangesJson.read(path).stream())
                .anyMatch(entry -> entry.fileOffset().isPresent());
    if (withOffsets) {
      all.add("the sidecar's offsets are ignored: this format defines the positions of its pages");
    }
    all.addAll(formatWarnings);
    List<Doubt> allDoubts = new ArrayList<>(inputDoubts);
    allDoubts.addAll(doubts);
    return new ImageFacts(format, wrapping, machine, container, all, allDoubts);
  }
}
