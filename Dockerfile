# Runs the command line of the package that npm pack has made:
#   npm pack && docker build --tag samlcert . && docker run --rm -v "$PWD:/work" samlcert check idp.pem
FROM node:22-slim
COPY samlcert-*.tgz /tmp/samlcert.tgz
RUN npm install --global --omit=optional --no-audit --no-fund --loglevel=error /tmp/samlcert.tgz \
  && rm -f /tmp/samlcert.tgz
ENV NODE_ENV=production
USER node
WORKDIR /work
ENTRYPOINT ["samlcert"]
CMD ["--help"]
