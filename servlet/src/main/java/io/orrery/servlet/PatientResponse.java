package io.orrery.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response that bears with a client that is gone: what can't be written any more is dropped, and the request knows. (The writer of
 * a response never throws anyway.) Used by one thread at a time.
 */
final class PatientResponse extends HttpServletResponseWrapper {

    /** The attribute of a request whose client is gone. */
    static final String GONE = AtomicFilter.class.getName() + ".gone";

    private final ServletRequest request;
    private @Nullable ServletOutputStream output;

    PatientResponse(ServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void write(Writing writing) {
        if (!AtomicFilter.isClientGone(request)) {
            try {
                writing.write();
            } catch (IOException e) {
                request.setAttribute(GONE, e);
            }
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream known = output;
        if (known == null) {
            known = new Output(super.getOutputStream());
            output = known;
        }
        return known;
    }

    @Override
    public void flushBuffer() {
        write(super::flushBuffer);
    }

    @Override
    public void sendError(int status) {
        write(() -> super.sendError(status));
    }

    @Override
    public void sendError(int status, String message) {
        write(() -> super.sendError(status, message));
    }

    @Override
    public void sendRedirect(String location) {
        write(() -> super.sendRedirect(location));
    }

    private final class Output extends ServletOutputStream {

        private final ServletOutputStream to;

        Output(ServletOutputStream to) {
            this.to = to;
        }

        @Override
        public boolean isReady() {
            return to.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            to.setWriteListener(listener);
        }

        @Override
        public void write(int one) {
            PatientResponse.this.write(() -> to.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            PatientResponse.this.write(() -> to.write(bytes, from, length));
        }

        @Override
        public void flush() {
            PatientResponse.this.write(to::flush);
        }

        @Override
        public void close() {
            PatientResponse.this.write(to::close);
        }
    }
}
