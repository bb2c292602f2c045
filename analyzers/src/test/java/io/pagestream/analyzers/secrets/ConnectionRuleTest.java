package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.TextRuleContract;

final class ConnectionRuleTest extends TextRuleContract {
  ConnectionRuleTest() {
    super(
        "secrets",
        "credential",
        """
        «postgres://app:s3cret@db.example.org:5432/app?sslmode=require»
        DATABASE_URL=«postgresql://app:p%40ss@10.0.0.5/app»
        "«mysql://root:toor@localhost:3306/x»"
        «mongodb://u1:pw1@h1.example.org:27017,h2.example.org:27017/db?replicaSet=rs0»
        «mongodb+srv://app:pw-1@cluster0.ab12c.mongodb.net/test»
        «redis://:s3cret@cache:6379/0»
        «amqp://guest:gue5t@mq.example.org:5672/%2f»
        «imaps://jane%40example.org:pw1@mail.example.org:993/INBOX»
        «imap://jane:pw1@mail.example.org»
        «smtp://jane:pw1@mail.example.org:587»
        «smtps://jane:pw1@mail.example.org»
        «ftp://jane:pw1@files.example.org/x»
        «ftp://joe@corp.example.org:secret1@files.example.org/x»
        «ssh://jane:pw1@host.example.org:22»
        «https://jane:tok-3n@git.example.org/r.git»
        url='«http://jane:p!a$s#w@example.org/x»'
        «postgres://user:password@db/app»
        Server=db;User Id=sa;«Password=Abc12345!»;
        «sftp://jane:pw1@192.0.2.7/x»
        """,
        """
        postgres://db.example.org/app
        ssh://git@github.com/x
        https://example.org:443/a@b
        https://example.org/user:pw@x
        mysql://%s:%s@%s/x
        mysql://${USER}:${PASS}@db/x
        redis://:@cache/0
        http://user:***@example.org/
        http://user:xxxx@example.org/
        news://u:p@example.org/
        Authorization: Basic AAAA
        Authorization: Basic amFuZQ==
        authorization: Basic realm
        """);
  }
}
