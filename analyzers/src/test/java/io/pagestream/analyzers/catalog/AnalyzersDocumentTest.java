package io.pagestream.analyzers.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.schemas.quality.Regenerated;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AnalyzersDocumentTest {
  @Test
  void everyKindHasANoteAndEveryNoteAKind() {
    assertThat(KindNote.kinds())
        .isEqualTo(
            AnalyzerCatalog.all().stream()
                .flatMap(one -> one.info().kinds().stream())
                .map(FindingKind::name)
                .collect(Collectors.toSet()));
  }

  @Test
  void theDocumentSaysWhatTheCodeSays() throws IOException {
    Regenerated.check(
        "../docs/analyzers.md", AnalyzersDocument.markdown(), AnalyzersDocumentTest.class);
  }
}
