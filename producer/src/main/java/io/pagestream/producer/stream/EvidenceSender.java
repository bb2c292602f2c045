package io.pagestream.producer.stream;

import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ReceiptBook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends the findings that the producer publishes itself, then the receipt that counts them. */
final class EvidenceSender {
  private EvidenceSender() {}

  /**
   * Sends findings and receipt if the manifest announces them. The broker has acknowledged the
   * findings before the receipt is sent.
   *
   * @return what is missing or doubtful
   */
  static List<Doubt> send(
      ImageEvidence evidence, OpenedImage image, ImageManifest manifest, PageSender sender)
      throws InterruptedException {
    if (!manifest.getKernelFindings()) {
      return List.of();
    }
    Map<String, Long> sent = new TreeMap<>();
    List<Doubt> doubts =
        evidence.read(
            image,
            manifest,
            finding -> {
              sender.sendFinding(finding);
              sent.merge(finding.getKind(), 1L, Long::sum);
            });
    sender.flush();
    sender.sendReceipt(ReceiptBook.ofFindings(manifest, sent));
    return doubts;
  }
}
