package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.RunReceipt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stores a stage's receipts of one partition, open and finished ones; survives restarts. */
public interface ReceiptStore {
  /** The receipt of a block in its current state, or null if no run of it has been counted. */
  @Nullable RunReceipt get(String imageId, long block);

  /** Stores a receipt. */
  void put(RunReceipt receipt);

  /** Delivers all receipts of an image, in any order; the consumer must not keep them. */
  void forEach(String imageId, Consumer<RunReceipt> consumer);
}
