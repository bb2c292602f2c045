package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Dead letters of a case with the labels of their images. */
final class LetterText {
  private LetterText() {}

  /** The label of the image; empty if the letter concerns none of the case. */
  static String label(ReopenedCase reopened, DeadLetter letter) {
    for (ImageLedger ledger : reopened.ledgers()) {
      ImageManifest manifest = ledger.settledManifest();
      if (manifest != null && ledger.imageId().equals(letter.imageId())) {
        return manifest.getName();
      }
    }
    return "";
  }

  /** All its fields. */
  static Map<String, Object> tree(ReopenedCase reopened, DeadLetter letter) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("image", label(reopened, letter));
    tree.put("imageId", letter.imageId());
    tree.put("stage", Words.of(letter.stage()));
    tree.put("analyzer", letter.analyzer());
    tree.put("code", letter.code());
    tree.put("reason", letter.reason());
    tree.put("message", letter.message());
    tree.put("source", letter.source());
    tree.put("runIndex", letter.runIndex());
    tree.put("physicalAddress", letter.physicalAddress());
    tree.put("pageCount", letter.pageCount());
    return tree;
  }
}
