package io.pagestream.command;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.map.CaseMap;
import io.pagestream.cases.map.ImageMap;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.exports.picture.MapPicture;
import io.pagestream.exports.picture.MapPicture.Detail;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream picture}: draws the physical address space. */
@Command(
    name = "picture",
    description = {
      "Draw the memory map as a PNG.",
      "For a case: ranges, content, cache types, verdicts and findings. For an image, which is"
          + " read once: ranges and content."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream picture memory.lime-case --out map.png",
      "  pagestream picture memory.lime --out map.png"
    })
final class PictureCommand implements Callable<Integer> {
  /** The first eight bytes of every PNG (PNG specification, 5.2). */
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE|CASE",
      description = "The case folder, or the files of one image.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The file to write; only an existing PNG is replaced.")
  private Path out;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The image, by id or by name, if the case has several.")
  private @Nullable String which;

  @Mixin private ImageOptions image;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      requireReplaceable();
      MemoryMap<SpaceLayout> map = map();
      PrivateFiles.writeWhole(out, stream -> MapPicture.writePng(map, stream));
    } catch (IOException e) {
      throw SystemFailure.writing(out.toString(), "cannot be written", e);
    }
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println("picture: " + out);
    terminal.flush();
    return ExitCode.DONE;
  }

  /** Only a picture is ever replaced: a typing error must not overwrite an image. */
  private void requireReplaceable() throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    byte[] beginning = new byte[0];
    if (Files.isRegularFile(out)) {
      try (InputStream in = Files.newInputStream(out)) {
        beginning = in.readNBytes(PNG.length);
      }
    }
    if (!Arrays.equals(beginning, PNG)) {
      throw PagestreamException.inFile(
          ErrorCode.OUTPUT_EXISTS,
          out.toString(),
          "already exists and is not a PNG",
          "choose another --out");
    }
  }

  private MemoryMap<SpaceLayout> map() {
    Path first = inputs.getFirst();
    if (inputs.size() == 1 && Files.isDirectory(first)) {
      StoredCase stored = StoredCase.open(seal.open(first));
      StoredImage chosen = stored.image(Optional.ofNullable(which));
      return CaseMap.of(stored, chosen, MapPicture.layout(chosen.ranges(), Detail.FINE));
    }
    List<List<Path>> images = ImageGrouping.group(inputs, image.options());
    List<Path> chosen = images.size() == 1 ? images.getFirst() : inputs;
    try (OpenedImage opened = MemoryImages.open(chosen, image.options())) {
      Path name = first.getFileName();
      String title = name == null ? first.toString() : name.toString();
      List<AddressRange> ranges = opened.map().ranges();
      return ImageMap.of(title, opened.image(), ranges, MapPicture.layout(ranges, Detail.FINE));
    }
  }
}
