package io.pagestream.cases.casefolder;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Equal receipts are equal bytes, whatever the history of their maps. */
class LedgerFileTest {
  @Test
  void theOrderInWhichKindsWereCountedIsNotInTheFile() {
    RecordCodec<RunReceipt> codec = new RecordCodec<>(RunReceipt.class);
    byte[] one = codec.encode(LedgerFile.sorted(receipt("email", "domain", "url")));
    byte[] other = codec.encode(LedgerFile.sorted(receipt("url", "email", "domain")));
    assertThat(one).isEqualTo(other);
  }

  private static RunReceipt receipt(String... kinds) {
    Map<String, Long> findings = new LinkedHashMap<>();
    for (String kind : kinds) {
      findings.put(kind, (long) kind.length());
    }
    RunReceipt receipt = SmallCase.receipt(Stage.ANALYZERS, 0, Map.of());
    receipt.setFindings(findings);
    return receipt;
  }
}
