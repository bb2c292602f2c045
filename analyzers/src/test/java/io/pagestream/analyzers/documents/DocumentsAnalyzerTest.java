package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class DocumentsAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "documents";
  }

  @Override
  protected List<Sample> samples() {
    TextSample position =
        TextSample.of("x geo:52.520008,13.404954;")
            .value("gps", "geo:52.520008,13.404954", "52.520008,13.404954");
    TextSample point =
        TextSample.of("<trkpt lat=\"52.520008\" lon=\"13.404954\">")
            .value("gps", "52.520008\" lon=\"13.404954", "52.520008,13.404954");
    TextSample json =
        TextSample.of("{\"latitude\": -33.8688, \"longitude\": 151.2093}")
            .value("gps", "-33.8688, \"longitude\": 151.2093", "-33.8688,151.2093");
    String card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nTEL:+4930123456\r\nEND:VCARD";
    TextSample contact =
        TextSample.of(card + "\r\n")
            .value("vcard", card, "Jane Doe", Map.of("version", "3.0", "tel", "+4930123456"));
    String document =
        "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><name>Home</name><Point>"
            + "<coordinates>13.40,52.52,0</coordinates></Point></Placemark></kml>";
    TextSample kml =
        TextSample.of(document + "\n")
            .value("kml", document, "Home", Map.of("coordinates", "13.40,52.52,0"));
    TextSample nothing =
        TextSample.of("BEGIN:VCARD\r\nFN:x\r\n <kml> latitude longitude geo:1,2 $GPGGA,");
    return List.of(
        position.ascii(),
        position.wide(),
        point.ascii(),
        point.wide(),
        json.ascii(),
        contact.ascii(),
        kml.ascii(),
        nothing.ascii());
  }
}
