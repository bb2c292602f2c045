package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.producer.stream.SourceFiles;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageSource;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Labels of a case that images which are added to it must not have. */
final class CaseLabels {
  private CaseLabels() {}

  /**
   * The labels of a case, except those of images whose files are given again unchanged: they keep
   * their label.
   */
  static Set<String> of(Path folder, List<List<Path>> images) {
    Set<ImageSource> given = new HashSet<>();
    images.forEach(files -> files.forEach(file -> source(file).ifPresent(given::add)));
    Set<String> labels = new HashSet<>();
    for (ImageLedger ledger : ReopenedCase.open(folder).ledgers()) {
      ImageManifest manifest = ledger.settledManifest();
      if (manifest != null && manifest.getSources().stream().noneMatch(given::contains)) {
        labels.add(manifest.getName());
      }
    }
    return labels;
  }

  private static Optional<ImageSource> source(Path file) {
    try {
      return Optional.of(SourceFiles.source(file, FileStamp.of(file)));
    } catch (PagestreamException e) {
      return Optional.empty(); // opening it reports the error
    }
  }
}
