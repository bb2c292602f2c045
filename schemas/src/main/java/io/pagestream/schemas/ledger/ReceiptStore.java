package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.RunReceipt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a stage keeps the receipts of one partition, open and finished ones; survives restarts. */
public interface ReceiptStore {
  /** The receipt of a block as far as it is counted, or null if no run of it has been. */
  @Nullable RunReceipt get(String imageId, long block);

  /** Keeps a receipt. */
  void put(RunReceipt receipt);

  /** Shows all receipts of an image, in any order; the consumer keeps none of them. */
  void forEach(String imageId, Consumer<RunReceipt> consumer);
}
