# Pagestream on any Linux image with glibc, bash and Java 25. Build the jar first (./pagestream --version), then: docker build -t pagestream .
# BASE must have Java 25 at JAVA_HOME; any vendor's will do.
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}

ENV LC_ALL=C.UTF-8

COPY LICENSE pagestream /opt/pagestream/
COPY pagestream-app/target/pagestream.jar /opt/pagestream/pagestream-app/target/pagestream.jar

# The first start trains the cache of loaded classes, which belongs to this very JVM. Records of pages hold somebody's memory: not for root,
# and not for others to read.
RUN /opt/pagestream/pagestream --version \
  && rm -rf /opt/pagestream/target /tmp/pagestream-* \
  && mkdir -m 700 /data /cases /access \
  && chown 10001:10001 /data /cases /access

USER 10001:10001
WORKDIR /cases
VOLUME ["/data", "/cases", "/access"]
ENTRYPOINT ["/opt/pagestream/pagestream"]
CMD ["--help"]
