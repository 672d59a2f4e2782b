# What ruby-saml reads in metadata of identity providers.
require "json"
require "onelogin/ruby-saml"

idp = OneLogin::RubySaml::IdpMetadataParser.new.parse_to_hash(File.read(ARGV[1]))
certs = idp.dig(:idp_cert_multi, :signing) || [idp[:idp_cert]]
puts JSON.generate(entityId: idp[:idp_entity_id], location: idp[:idp_sso_service_url] || idp[:idp_sso_target_url], signing: certs.compact.length)
