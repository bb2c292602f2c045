package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.RunReceipt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The receipts of one stage for one image, in memory, by block. Confined to one thread. */
public final class HeldReceipts implements ReceiptStore {
  private final TreeMap<Long, RunReceipt> byBlock = new TreeMap<>();

  @Override
  public @Nullable RunReceipt get(String imageId, long block) {
    return byBlock.get(block);
  }

  @Override
  public void put(RunReceipt receipt) {
    byBlock.put(receipt.getBlock(), receipt);
  }

  /** Delivers the receipts by ascending block. */
  @Override
  public void forEach(String imageId, Consumer<RunReceipt> consumer) {
    byBlock.values().forEach(consumer);
  }
}
