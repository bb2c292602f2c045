package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class JsonAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "json";
  }

  @Override
  protected List<Sample> samples() {
    String object =
        "{\"a\": [1, -2.5e3, true, null, {\"b\": \"c\\\"d\"}], \"name\": \"a name that is long enough\"}";
    TextSample json =
        TextSample.of(" " + object + "\n")
            .has("json", object, Map.of("chars", String.valueOf(object.length())));
    TextSample nothing =
        TextSample.of(
            "{\"a\": 1} {\"a\": [1, 2,, 3], \"name\": \"a name that is long enough, but not valid\"}");
    TextSample log =
        TextSample.of("2026-03-03|INFO|Got entries from 2026-03-03 10:00 : \n" + object + "\n")
            .has("json", object, Map.of("chars", String.valueOf(object.length())));
    TextSample member = TextSample.of("\"outer\" :\n" + object + "\n" + "x: " + object);
    String array =
        "[{\"1\": \"one@company.example\"}, {\"2\": \"two@company.example\"}, {\"3\": \"three\"}]";
    TextSample rows =
        TextSample.of("rows = " + array + ";")
            .has("json", array, Map.of("chars", String.valueOf(array.length())));
    return List.of(
        rows.ascii(),
        rows.wide(),
        json.ascii(),
        json.wide(),
        log.ascii(),
        member.ascii(),
        nothing.ascii());
  }
}
