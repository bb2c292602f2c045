package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.producer.run.PayloadMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/** Findings are the same whether pages pass through the broker or analyzers read the file. */
final class PayloadModesIT {
  @TempDir static Path folder;

  /** Images of each format that stores pages unchanged, and one that does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw.raw.zst",
        "lime.lime.gz",
        "lime-partial.lime.xz",
        "elf64.elf.zst",
        "elf32.elf.xz",
        "elf64-excluded.elf.gz",
        "kdump-zlib.kdump"
      })
  void findTheSame(String name) throws Exception {
    Path image = unpack(name);
    FinishedCase inline =
        new LocalJob(16, 2, 1, PayloadMode.INLINE)
            .run(folder.resolve(name + "-inline"), List.of(image));
    FinishedCase reference =
        new LocalJob(16, 2, 1, PayloadMode.REFERENCE)
            .run(folder.resolve(name + "-reference"), List.of(image));
    assertThat(inline.findings()).isNotEmpty();
    new Promise.EveryPageAccounted().verify(reference);
    new Promise.SameFindings(inline).verify(reference);
  }

  private static Path unpack(String name) throws IOException {
    Path image = folder.resolve(name.replaceFirst("\\.(zst|gz|xz)$", ""));
    try (InputStream file = Files.newInputStream(Repository.SMALL_IMAGES.resolve(name));
        InputStream content = content(name, file)) {
      Files.copy(content, image);
    }
    return image;
  }

  private static InputStream content(String name, InputStream file) throws IOException {
    if (name.endsWith(".zst")) {
      return new ZstdInputStream(file);
    }
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(file);
    }
    return name.endsWith(".xz") ? new XZInputStream(file) : file;
  }
}
