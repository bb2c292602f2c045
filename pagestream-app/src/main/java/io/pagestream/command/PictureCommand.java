package io.pagestream.command;

import io.pagestream.findings.casefolder.PrivateFiles;
import io.pagestream.findings.casefolder.StoredCase;
import io.pagestream.findings.picture.CaseMap;
import io.pagestream.findings.picture.ImageMap;
import io.pagestream.findings.picture.MapPicture;
import io.pagestream.findings.picture.SpaceMap;
import io.pagestream.launch.ExitCode;
import io.pagestream.producer.image.MemoryImages;
import io.pagestream.producer.image.OpenedImage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code pagestream picture}: the physical address space as a picture. */
@Command(
    name = "picture",
    description = {
      "Draw the physical address space as a PNG.",
      "Of a case: ranges, content, cache types, verdicts and findings. Of an image, which is read"
          + " once: ranges and content."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream picture memory.lime-case --out map.png",
      "  pagestream picture memory.lime --out map.png"
    })
final class PictureCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE|CASE",
      description = "The folder of a case, or the files of one image.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The picture, replaced if it is there.")
  private Path out;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Which image, by id or by name, where the case has several.")
  private @Nullable String which;

  @Mixin private ImageOptions image;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SpaceMap map = map();
    try {
      PrivateFiles.writeWhole(out, stream -> MapPicture.writePng(map, stream));
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.DISK_FULL,
              out.toString(),
              "cannot be written: " + e,
              "check its folder, its permissions and the free space, or choose another --out")
          .causedBy(e);
    }
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println("picture: " + out);
    terminal.flush();
    return ExitCode.DONE;
  }

  private SpaceMap map() {
    Path first = inputs.getFirst();
    if (inputs.size() == 1 && Files.isDirectory(first)) {
      StoredCase stored = StoredCase.open(first);
      return CaseMap.of(stored, stored.image(Optional.ofNullable(which)));
    }
    try (OpenedImage opened = MemoryImages.open(inputs, image.options())) {
      Path name = first.getFileName();
      return ImageMap.of(name == null ? first.toString() : name.toString(), opened.image());
    }
  }
}
