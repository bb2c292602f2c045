package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.chars.TextRuleContract;
import io.pagestream.analyzers.chars.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmailRuleTest extends TextRuleContract {
  EmailRuleTest() {
    super(
        "text",
        "email",
        """
        «proc.carol@mail.example.org»
        «dave.o-neil+filter@corp.example.co.uk»
        «x_y.z@very.long.sub.domain.example.museum»
        Message-ID: <«20260101.42@mail.example.org»>
        mailto:«a.b@example.com»?subject=x
        write to «bob@example.org». Or not
        '«bob@example.org»'
        «O'Neil@example.ie»,
        ?to=%20«bob@example.com»&x
        \\u003c«bob@example.com»\\u003e
        --«bob@example.com»
        ...«bob@example.com»
        «root@host.localdomain»
        «UPPER@EXAMPLE.COM»
        «a@b.cz»
        \040«Jo@ab.de»\s
        <«Jo@ab.de»>
        «bob@Example.Org»
        <«bob@example.oRg»>
        "«Bob@EXAMPLE.CoM»",
        \026\016«ca@example.org»1\013
        =E2=80=9C«jane@example.org»=E2=80=9D
        =C2=A0«jane@example.org»
        =A0«jane@example.org»
        mail=«ADAM@EXAMPLE.ORG»
        title=3D«jane@example.org» =
        href=3D"mailto:«jack@example.org»">
        a=20«jane@example.org»
        mail=«adam@example.org»
        id=«20@example.org»
        /emailAddress=«ca@pki.example.org»/UID=1
        xmpp:«kim@jab.example.org»/res
        «xlsx_cell@sample_office.com»
        «bob@example_x.org»
        \026\016«ca@example.org»0\037
        x@«bob@example.org» is no address, but http://u@h.org/«bob@example.org»
        href=3Dmailto:«jane@example.org»>
        =3Cjane=3E =3C«jane@example.org»=3E
        From:=20«jane@example.org»
        =09«jane@example.org»
        "=?utf-8?q?J=C3=BCrgen?=" <«j@example.org»>
        \u0093«jane@example.org»\u0094
        \u0091«jane@example.org»\u0092
        "«Jane.Doe@Example.Com»"
        «jane@EXAMPLE.com»
        «Jane@Example.Co.Uk»
        «jane@example.org».
        «jane@example.org», «jack@example.org»;
        («jane@example.org»)
        [«jane@example.org»]
        mail=«jane@example.org»&x=1
        "email":"«jane@example.org»"
        "email":"«jane@example.org»\\n"
        \\"«jane@example.org»\\"
        \\n«jane@example.org»\\n
        \\t«jane@example.org»
        jane%20%3C«jane@example.org»%3E
        %3C«jane@example.org»%3E
        &lt;«jane@example.org»&gt;
        &quot;«jane@example.org»&quot;
        &#64; «jane@example.org»
        emailAddress=«jane@example.org»,O=X
        /emailAddress=«jane@example.org»/CN=x
        sip:«jane@example.org»;transport=udp
        xmpp:«jane@example.org»/home
        «jane@example.org»/work
        «jane@xn--mnchen-3ya.de»
        «jane@sub_domain.example.com»
        «jane_doe@my_host.example.net»
        user=«jane@example.org» pass=x
        1:«jane@example.org»:x
        |«jane@example.org»|
        «jane@example.museum»
        \003«jane@example.org»\004
        """,
        """
        bob@example
        bob@example.nosuchtld
        bob..x@example.org
        j=C3=BCrgen@example.org
        j=FCrgen@example.org
        http:\\/\\/user:pw1@example.org\\/x
        a@b@example.org
        bob@-example.org
        bob@example..org
        getty@dev-sda.target
        printf@@GLIBC_2.2.5
        lodash@4.17.21
        ftp://anonymous@ftp.example.org/
        Z@github.com/envoyproxy/go
        @example.org
        Cookie:user@www.example.com[2].txt
        ann@ads.example.net[1].txt
        Cookie:ann@example.net/
        getty@my_lib.so
        Jo@ab.dE
        ftp://joe@corp.example.org:secret@files.example.org/x
        jane[at]example.org
        Cookie:jane@www.example.com/
        Cookie:jane@example.co.uk/path
        jane@example[2].txt
        jane@www.example[10].txt
        jane@ad.example.com[1].cookie
        Visited: jane@http://www.example.com/
        Visited: jane@file:///C:/x.com
        jane@doubleclick[1].txt
        root@host:~# ls
        git@v1.2.3.com@x
        jane@example.o_rg
        postgres://app:s3cret@db.example.org/app
        imap://jane:se#cret@mail.example.org/
        mongodb+srv://app:p!a$s*w@cluster0.example.net/x
        smtp://jane%40example.com:secret@mail.example.org
        icon@2x.png
        """);
  }

  @Test
  void takesAnEqualsSignForAnEscapeOnlyInQuotedPrintableText() {
    assertThat(Values.in("text", "?width=40example.org and no other code", "email")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/login?email=bob.h%40example.org&x=1, bob.h@example.org",
    "q%3Dbob%40example.org%26, bob@example.org",
    "bob&#64;example.org, bob@example.org",
    "<td>bob.h&#x40;example.org</td>, bob.h@example.org",
    "'{\"to\":\"bob\\u0040example.org\"}', bob@example.org",
    "Write to =3Cbob.h=40example.org=3E, bob.h@example.org"
  })
  void undoesTheEscapeOfTheDelimiter(String text, String address) {
    assertThat(Values.in("text", text, "email")).containsExactly(address);
  }

  @ParameterizedTest
  @CsvSource({
    "an: jürgen@example.org, jürgen@example.org",
    "почта@example.org, почта@example.org",
    "“renée.o-neil@example.org”, renée.o-neil@example.org",
    "info@bücher.de, info@bücher.de",
    "почта@пример.рф, почта@пример.рф",
    "ελλάς@example.org, ελλάς@example.org",
    "“jane@example.org”, jane@example.org",
    "‘jane@example.org’, jane@example.org",
    "…jane@example.org…, jane@example.org",
    "жbob@example.org,",
    "“bob@example.org”, bob@example.org",
    "«bob@example.org», bob@example.org",
    "–bob@example.org, bob@example.org",
    "邮箱bob@example.org, bob@example.org"
  })
  void takesNoPartOfAWord(String text, @Nullable String address) {
    List<String> expected = address == null ? List.of() : List.of(address);
    assertThat(Values.in("text", text.getBytes(StandardCharsets.UTF_8), "email"))
        .isEqualTo(expected);
    assertThat(Values.in("text", text.getBytes(StandardCharsets.UTF_16LE), "email"))
        .isEqualTo(expected);
  }
}
