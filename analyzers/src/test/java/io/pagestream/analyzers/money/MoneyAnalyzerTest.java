package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class MoneyAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "money";
  }

  @Override
  protected List<Sample> samples() {
    TextSample iban =
        TextSample.of("IBAN DE89370400440532013000,")
            .has("iban", "DE89370400440532013000", Map.of("country", "DE"));
    TextSample bitcoin =
        TextSample.of(
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
            .has("bitcoin-address", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Map.of("type", "p2pkh"))
            .has(
                "bitcoin-address",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                Map.of("type", "p2wpkh"));
    TextSample ethereum =
        TextSample.of("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
            .has("ethereum-address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    TextSample nothing =
        TextSample.of("DE8937040044053201300 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb bc1qw508d6qejxtdg");
    return List.of(
        iban.ascii(),
        iban.wide(),
        bitcoin.ascii(),
        bitcoin.wide(),
        ethereum.ascii(),
        ethereum.bigEndian(),
        nothing.ascii(),
        nothing.wide());
  }
}
