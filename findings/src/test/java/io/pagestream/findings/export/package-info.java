@NullMarked
package io.pagestream.findings.export;

import org.jspecify.annotations.NullMarked;
